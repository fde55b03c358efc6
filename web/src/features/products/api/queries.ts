import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import { readAllPages } from '@/shared/api/pages';

import type { ProductSearch, ProductSummary } from './types';

const HISTORY_SIZE = 50;

/** A page of the organisation's own products. */
export const productsQuery = (search: ProductSearch) =>
  queryOptions({
    queryKey: ['products', 'list', search],
    queryFn: ({ signal }) => readPage(search, signal),
    placeholderData: keepPreviousData,
  });

function readPage(search: ProductSearch, signal?: AbortSignal) {
  const { page, size, sort, q, state, visibility, in_stock, active } = search;
  const query = {
    page,
    size,
    sort,
    q,
    state: state && [state],
    visibility,
    in_stock: in_stock && in_stock === 'true',
    active: active && active === 'true',
  };
  return unwrap(api.GET('/api/v1/products', { params: { query }, signal: signal ?? null }));
}

/** Every product that matches, page by page, for the table's export. */
export function readAllProducts(search: ProductSearch): Promise<ProductSummary[]> {
  return readAllPages((place) => readPage({ ...search, ...place }));
}

/** A product with all that its supplier may know. */
export const productQuery = (productId: string) =>
  queryOptions({
    queryKey: ['products', 'one', productId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/products/{product_id}', {
          params: { path: { product_id: productId } },
          signal,
        }),
      ),
  });

/** What lies where of a product. */
export const stockQuery = (productId: string) =>
  queryOptions({
    queryKey: ['products', 'stock', productId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/products/{product_id}/stock', {
          params: { path: { product_id: productId } },
          signal,
        }),
      ),
  });

/** The latest movements of a product's stock. */
export const movementsQuery = (productId: string) =>
  queryOptions({
    queryKey: ['products', 'movements', productId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/products/{product_id}/stock/movements', {
          params: { path: { product_id: productId }, query: { size: HISTORY_SIZE } },
          signal,
        }),
      ),
  });

/** The latest prices of a product. */
export const priceChangesQuery = (productId: string) =>
  queryOptions({
    queryKey: ['products', 'prices', productId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/products/{product_id}/price-changes', {
          params: { path: { product_id: productId }, query: { size: HISTORY_SIZE } },
          signal,
        }),
      ),
  });
