import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';

import type { Session } from '@/shared/api/types';
import { sessionKey } from '@/shared/session/session';

/** Renders with what the app stands on, in English; for a person where a session is given, known without asking. */
export function renderWithApp(children: ReactNode, session?: Session | null): RenderResult {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  if (session !== undefined) client.setQueryData(sessionKey, session);
  return render(<QueryClientProvider client={client}>{children}</QueryClientProvider>);
}
