import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';

import { safeNext } from '@/shared/session/next';
import { startSession } from '@/shared/session/session';

/** Returns what follows every successful sign-in: read the session, then go where the person wanted to be. */
export function useEnter(next: string | undefined): () => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return async () => {
    await startSession(client);
    router.history.push(safeNext(next));
  };
}
