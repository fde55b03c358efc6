import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

export type WishView = components['schemas']['WishView'];

const PAGE_SIZE = 24;

/** What the reader keeps an eye on, the newest first. */
export const wishlistQuery = (page: number) =>
  queryOptions({
    queryKey: ['wishes', 'list', page],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/wishlist', { params: { query: { page, size: PAGE_SIZE } }, signal })),
    placeholderData: keepPreviousData,
  });

/** Whether a product is on the wishlist. */
export const wishQuery = (productId: string) =>
  queryOptions({
    queryKey: ['wishes', 'one', productId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/wishlist/items/{product_id}', {
          params: { path: { product_id: productId } },
          signal,
        }),
      ),
  });

/** Puts a product on the wishlist or takes it off; the heart shows it before the server has answered. */
export function useWish(productId: string) {
  const client = useQueryClient();
  const { queryKey } = wishQuery(productId);
  return useMutation({
    mutationFn: (isWanted: boolean): Promise<unknown> =>
      isWanted
        ? unwrap(api.POST('/api/v1/wishlist/items', { body: { product_id: productId } }))
        : api.DELETE('/api/v1/wishlist/items/{product_id}', {
            params: { path: { product_id: productId } },
          }),
    onMutate: (isWanted) => {
      client.setQueryData(queryKey, { product_id: productId, contained: isWanted });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['wishes'] }),
  });
}
