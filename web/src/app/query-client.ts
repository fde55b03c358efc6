import { MutationCache, type Query, QueryClient } from '@tanstack/react-query';

import { Problem } from '@/shared/api/problem';
import { showProblem } from '@/shared/ui/toast';

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** True where the screen itself shows the failure, as forms do; else a toast does. */
      showsProblem?: boolean;
    };
  }
}

const RETRIES_MAX = 2;

/**
 * Says whether what a page is about does not exist, or is no business of its reader: then the page as a whole says so.
 * A part of a page shows its own failure in its own place.
 */
function isWholePageMissing(error: Error, { queryKey, state }: Pick<Query, 'queryKey' | 'state'>) {
  const isAboutOne = queryKey[1] === 'one' || queryKey[1] === 'public';
  return isAboutOne && error instanceof Problem && error.isNothing && state.data === undefined;
}

/** Makes the query client with the defaults of the whole app. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: 30 * 60_000,
        retry: (failures, error) =>
          failures < RETRIES_MAX && error instanceof Problem && error.isTransient,
        refetchOnWindowFocus: true,
        throwOnError: isWholePageMissing,
      },
      mutations: { retry: false },
    },
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        if (mutation.meta?.showsProblem !== true) showProblem(error);
      },
    }),
  });
}

/** Resolves when nothing is being read any more. */
export async function settled(client: QueryClient): Promise<void> {
  if (client.isFetching() === 0) return;
  await new Promise<void>((resolve) => {
    const stop = client.getQueryCache().subscribe(() => {
      if (client.isFetching() > 0) return;
      stop();
      resolve();
    });
  });
}
