import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import { Problem } from '@/shared/api/problem';
import { setSessionHint } from '@/shared/api/transport';
import type { Session } from '@/shared/api/types';

import { announceIdentity, identityOf } from './tabs';

export const sessionKey = ['session'] as const;

/** Who is signed in; null for a visitor. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  // Without the signal: a component that goes away must not cancel the read that a guard is waiting for.
  queryFn: readSession,
  staleTime: 5 * 60_000,
  gcTime: Infinity,
});

async function readSession(): Promise<Session | null> {
  try {
    const session: Session = await unwrap(api.GET('/api/v1/auth/me'));
    setSessionHint(true);
    return session;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/** Returns the session, null for a visitor, undefined while it is not known yet. */
export function useSession(): Session | null | undefined {
  return useQuery(sessionQuery).data;
}

/** Returns a function that says whether the signed-in person has a permission, such as `requests:write`. */
export function useCan(): (permission: string) => boolean {
  const session = useSession();
  return (permission) => session?.permissions.includes(permission) ?? false;
}

/** Reads the session anew and drops everything read for another person or organisation. */
export async function startSession(client: QueryClient): Promise<Session | null> {
  setSessionHint(true);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  const session = await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
  announceIdentity(identityOf(session));
  return session;
}

/** Forgets the session and everything that was read in it. */
export function endSession(client: QueryClient): void {
  setSessionHint(false);
  client.setQueryData(sessionKey, null);
  announceIdentity(null);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
}

/** Returns a function that signs out on the server and here. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    // Whatever the server answers, this browser forgets: a dead session is signed out already.
    await api.POST('/api/v1/auth/logout').catch(() => undefined);
    endSession(client);
  };
}
