import { MutationCache, QueryClient } from '@tanstack/react-query';

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
