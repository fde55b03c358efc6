import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, call, unwrap } from '@/shared/api/client';
import { readAllPages } from '@/shared/api/pages';
import type { TableSearch } from '@/shared/ui/data-table/search';

import type {
  CartProduct,
  OrderListItem,
  OrderSearch,
  OrderSide,
  OrderState,
  ParsedOrder,
} from './types';

const COLUMN_SIZE = 20;
const SUPPLIERS_MAX = 100;

/** A page of the organisation's orders. */
export const ordersQuery = (search: OrderSearch) =>
  queryOptions({
    queryKey: ['orders', 'list', search],
    queryFn: ({ signal }) => readPage(search, signal),
    placeholderData: keepPreviousData,
  });

function readPage({ page, size, sort, q, side, state }: OrderSearch, signal?: AbortSignal) {
  const query = {
    page,
    size,
    sort,
    q,
    side,
    state: state && [state],
  };
  return unwrap(api.GET('/api/v1/orders', { params: { query }, signal: signal ?? null }));
}

/** Every order that matches, page by page, for the export. */
export function readAllOrders(search: OrderSearch): Promise<OrderListItem[]> {
  return readAllPages((place) => readPage({ ...search, ...place }));
}

/** The oldest orders of one state: a column of the board. */
export const columnQuery = (state: OrderState, side: OrderSide, q: string | undefined) =>
  queryOptions({
    queryKey: ['orders', 'column', state, side, q],
    queryFn: ({ signal }) =>
      readPage({ state, side, q, size: COLUMN_SIZE, sort: 'created_at' }, signal),
    placeholderData: keepPreviousData,
  });

/** An order with its lines, shipments, history and invoice. */
export const orderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['orders', 'one', orderId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/orders/{order_id}', { params: { path: { order_id: orderId } }, signal }),
      ),
  });

/** The organisation's carts, at the prices of this moment. */
export const cartsQuery = () =>
  queryOptions({
    queryKey: ['carts'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/cart', { signal })),
  });

/** Suppliers of whom the organisation may order. */
export const linkedSuppliersQuery = () =>
  queryOptions({
    queryKey: ['links', 'linked-suppliers'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/links/outgoing', {
          params: { query: { state: ['accepted'], sort: 'supplier', size: SUPPLIERS_MAX } },
          signal,
        }),
      ),
  });

/** The organisation's templates of orders. */
export const templatesQuery = ({ page, size }: TableSearch) =>
  queryOptions({
    queryKey: ['order-templates', { page, size }],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/order-templates', {
          params: {
            query: {
              page,
              size,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** The organisation's standing orders. */
export const standingOrdersQuery = ({ page, size }: TableSearch) =>
  queryOptions({
    queryKey: ['standing-orders', 'list', { page, size }],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/standing-orders', {
          params: {
            query: {
              page,
              size,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** A standing order with its turns. */
export const standingOrderQuery = (standingId: string) =>
  queryOptions({
    queryKey: ['standing-orders', 'one', standingId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/standing-orders/{standing_id}', {
          params: { path: { standing_id: standingId } },
          signal,
        }),
      ),
  });

/** What a supplier sells under a name, SKU or barcode, as a quick order understands it. */
export const goodsAlikeQuery = (supplierId: string, words: string) =>
  queryOptions({
    queryKey: ['products', 'alike', supplierId, words],
    queryFn: async ({ signal }): Promise<CartProduct[]> => {
      const body = { supplier_organisation_id: supplierId, text: `${words} 1` };
      const { lines } = await call<ParsedOrder>('POST', '/cart/parse', { body, signal });
      return lines.flatMap(({ product, candidates }) => [
        ...(product === null ? [] : [product]),
        ...candidates,
      ]);
    },
    enabled: words !== '',
    placeholderData: keepPreviousData,
  });
