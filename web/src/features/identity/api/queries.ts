import { queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import { Problem } from '@/shared/api/problem';

/** The providers that people can sign in with. */
export const oauthProvidersQuery = queryOptions({
  queryKey: ['identity', 'oauth-providers'],
  queryFn: async ({ signal }) => {
    const { providers } = await unwrap(api.GET('/api/v1/auth/oauth/urls', { signal }));
    return providers;
  },
  staleTime: Infinity,
});

/** The demo accounts, which only a development server has. */
export const demoAccountsQuery = queryOptions({
  queryKey: ['identity', 'demo-accounts'],
  queryFn: async ({ signal }) => {
    try {
      const { items } = await unwrap(api.GET('/api/v1/auth/demo-accounts', { signal }));
      return items;
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return [];
      throw error;
    }
  },
  staleTime: Infinity,
});
