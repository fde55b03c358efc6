import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';

import type { LinkedSearch } from '../model/linked-search';

const NEWEST_COUNT = 8;
const FRESH_MS = 30_000;

/** A product as this reader may see it. */
export const productQuery = (productId: string) =>
  queryOptions({
    queryKey: ['products', 'public', productId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/products/{product_id}', {
          params: { path: { product_id: productId } },
          signal,
        }),
      ),
    staleTime: FRESH_MS,
  });

/** What this reader pays for a product, by quantity. */
export const priceQuery = (productId: string) =>
  queryOptions({
    queryKey: ['products', 'price', productId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/products/{product_id}/price', {
          params: { path: { product_id: productId } },
          signal,
        }),
      ),
    staleTime: FRESH_MS,
  });

/** What has come last, for the home page. */
export const newestGoodsQuery = queryOptions({
  queryKey: ['catalogue-search', 'newest'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/search', {
        params: { query: { sort: 'newest', size: NEWEST_COUNT } },
        signal,
      }),
    ),
  staleTime: FRESH_MS,
});

/** A page of a supplier's catalogue, through a trading link alone. */
export const linkedCatalogueQuery = (supplierId: string, search: LinkedSearch) =>
  queryOptions({
    queryKey: ['products', 'linked', supplierId, search],
    queryFn: ({ signal }) => {
      const { q, category, price_min, price_max, in_stock, sort, page, size } = search;
      const wanted = {
        q,
        category_id: category,
        price_min,
        price_max,
        in_stock,
        sort,
        page,
        size,
      };
      const given = Object.fromEntries(
        Object.entries(wanted).filter(([, value]) => value !== undefined),
      );
      return unwrap(
        api.GET('/api/v1/catalog', {
          params: { query: { supplier_id: supplierId, ...given } },
          signal,
        }),
      );
    },
    placeholderData: keepPreviousData,
  });
