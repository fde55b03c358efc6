import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';

import type { DealListItem, DealSearch } from './types';

const EXPORT_PAGE_SIZE = 100;

/** A page of the organisation's deals. */
export const dealsQuery = (search: DealSearch) =>
  queryOptions({
    queryKey: ['deals', 'list', search],
    queryFn: ({ signal }) => readPage(search, signal),
    placeholderData: keepPreviousData,
  });

function readPage({ page, size, sort, q, side, state }: DealSearch, signal?: AbortSignal) {
  const query = {
    ...(page === undefined ? {} : { page }),
    ...(size === undefined ? {} : { size }),
    ...(sort === undefined ? {} : { sort }),
    ...(q === undefined ? {} : { q }),
    ...(side === undefined ? {} : { side }),
    ...(state === undefined ? {} : { state: [state] }),
  };
  return unwrap(api.GET('/api/v1/deals', { params: { query }, signal: signal ?? null }));
}

/** Every deal that matches, page by page, for the export. */
export async function readAllDeals(search: DealSearch): Promise<DealListItem[]> {
  const rows: DealListItem[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const found = await readPage({ ...search, page, size: EXPORT_PAGE_SIZE });
    rows.push(...found.items);
    pages = found.pages;
  }
  return rows;
}

/** A deal with its terms, signatures, contract, invoice and conversation. */
export const dealQuery = (dealId: string) =>
  queryOptions({
    queryKey: ['deals', 'one', dealId],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/deals/{deal_id}', { params: { path: { deal_id: dealId } }, signal })),
  });

/** One version of the terms; it never changes. */
export const dealTermsQuery = (dealId: string, number: number) =>
  queryOptions({
    queryKey: ['deals', 'terms', dealId, number],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/deals/{deal_id}/terms/{number}', {
          params: { path: { deal_id: dealId, number } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });
