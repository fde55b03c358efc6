import type { QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';

import type { Session } from '@/shared/api/types';
import { sessionQuery } from '@/shared/session/session';

/** Lets only signed-in people through; others sign in first and come back to `href`. */
export async function requireSession(queryClient: QueryClient, href: string): Promise<Session> {
  const session = await queryClient.ensureQueryData(sessionQuery);
  if (session === null) {
    throw redirect({ to: '/sign-in', search: { next: href } });
  }
  return session;
}
