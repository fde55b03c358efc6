import type { QueryClient } from '@tanstack/react-query';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEffect } from 'react';

import { onSessionLost } from '@/shared/api/transport';
import { loadWords } from '@/shared/i18n/i18n';
import { RealtimeProvider } from '@/shared/realtime/provider';
import { endSession } from '@/shared/session/session';

import { ProfileSync } from './profile-sync';
import { QUERIES_BY_TOPIC } from './realtime-topics';
import type { makeRouter } from './router';
import { SessionSync } from './session-sync';
import { Toasts } from './toasts';

interface ProvidersProps {
  queryClient: QueryClient;
  router: ReturnType<typeof makeRouter>;
}

/** Everything that every page stands on. */
export function Providers({ queryClient, router }: ProvidersProps): ReactNode {
  useEffect(() => {
    // Needed with the first form, so not before somebody turns to something on the page.
    const prepare = (): void => void loadWords('validation');
    for (const turn of ['focusin', 'pointerdown']) {
      document.addEventListener(turn, prepare, { once: true });
    }
    onSessionLost(() => {
      endSession(queryClient);
      void router.invalidate();
    });
  }, [queryClient, router]);
  return (
    <QueryClientProvider client={queryClient}>
      <RealtimeProvider queriesByTopic={QUERIES_BY_TOPIC}>
        <ProfileSync />
        <SessionSync />
        <RouterProvider router={router} />
      </RealtimeProvider>
      <Toasts />
    </QueryClientProvider>
  );
}
