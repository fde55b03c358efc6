import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import type { MoneyValue } from '@/shared/api/types';
import type { TableSearch } from '@/shared/ui/data-table/search';

export type PriceListView = components['schemas']['PriceListView'];
type Row = components['schemas']['PriceRow'];
export type GroupView = components['schemas']['GroupView'];
export type PriceView = components['schemas']['PriceView'];
export type ColumnMapping = components['schemas']['ColumnMapping'];
export type ImportView = components['schemas']['ImportView'];

/** A row of the grid; quantities are text, as they are written. */
export interface PriceRow extends Omit<Row, 'steps'> {
  id: string;
  steps: { from_quantity: string; price: MoneyValue }[];
}

export interface GridSearch extends TableSearch {
  priced?: 'with' | 'without' | undefined;
}

const ALL = 100;
const LOOK_EVERY_MS = 1500;
const MOVING = new Set(['reading', 'checking', 'running']);

/** The organisation's price lists, those that go first before the others. */
export const priceListsQuery = (search: TableSearch) =>
  queryOptions({
    queryKey: ['price-lists', 'list', search],
    queryFn: ({ signal }) => {
      const { page, size, sort } = search;
      const query = {
        page,
        size,
        sort,
      };
      return unwrap(api.GET('/api/v1/price-lists', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

/** One price list. */
export const priceListQuery = (listId: string) =>
  queryOptions({
    queryKey: ['price-lists', 'one', listId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/price-lists/{list_id}', { params: { path: { list_id: listId } }, signal }),
      ),
  });

/** What a row costs from a quantity on, if the list has such a step. */
export function stepPrice(row: PriceRow, quantity: string): MoneyValue | null {
  return row.steps.find((step) => step.from_quantity === quantity)?.price ?? null;
}

function toRow(row: Row): PriceRow {
  const steps = row.steps.map((step) => ({ ...step, from_quantity: String(step.from_quantity) }));
  return { ...row, id: row.product_id, steps };
}

/** A page of the grid: products with their steps in a list. */
export const gridQuery = (listId: string, search: GridSearch) =>
  queryOptions({
    queryKey: ['price-lists', 'one', listId, 'prices', search],
    queryFn: async ({ signal }) => {
      const { page, size, sort, q, priced } = search;
      const query = {
        page,
        size,
        sort,
        q,
        priced: priced && priced === 'with',
      };
      const found = await unwrap(
        api.GET('/api/v1/price-lists/{list_id}/prices', {
          params: { path: { list_id: listId }, query },
          signal,
        }),
      );
      return { ...found, items: found.items.map(toRow) };
    },
    placeholderData: keepPreviousData,
  });

/** Groups of buyers. */
export const groupsQuery = queryOptions({
  queryKey: ['customer-groups', 'list'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/customer-groups', { params: { query: { size: ALL } }, signal })),
});

/** Buyers with an accepted link, by a part of their name. */
export const buyersQuery = (words: string) =>
  queryOptions({
    queryKey: ['links', 'buyers-to-name', words],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/links/incoming', {
          params: {
            query: { state: ['accepted'], size: 50, ...(words === '' ? {} : { q: words }) },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** What a buyer pays for a product, and why. */
export const explanationQuery = (productId: string, buyer: string | null, quantity: string) =>
  queryOptions({
    queryKey: ['price-lists', 'explained', productId, buyer, quantity],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/products/{product_id}/price', {
          params: {
            path: { product_id: productId },
            query: { quantity, ...(buyer === null ? {} : { buyer }) },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** An import of prices, followed while a job works on it. */
export const priceImportQuery = (importId: string) =>
  queryOptions({
    queryKey: ['price-lists', 'import', importId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/price-lists/import/{import_id}', {
          params: { path: { import_id: importId } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) =>
      state.data !== undefined && MOVING.has(state.data.state) ? LOOK_EVERY_MS : false,
  });

/** The first rows of an import of prices that were refused. */
export const refusedPricesQuery = (importId: string) =>
  queryOptions({
    queryKey: ['price-lists', 'import', importId, 'errors'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/price-lists/import/{import_id}/errors', {
          params: { path: { import_id: importId }, query: { size: 5 } },
          signal,
        }),
      ),
  });
