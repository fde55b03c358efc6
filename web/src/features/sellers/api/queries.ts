import { queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

export type Seller = components['schemas']['SellerView'];

const FRESH_MS = 30_000;

/** A seller, as far as this reader may know of their goods. */
export const sellerQuery = (sellerId: string) =>
  queryOptions({
    queryKey: ['sellers', 'public', sellerId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/sellers/{organisation_id}', {
          params: { path: { organisation_id: sellerId } },
          signal,
        }),
      ),
    staleTime: FRESH_MS,
  });
