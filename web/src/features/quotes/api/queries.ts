import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';

import type { QuoteSearch, QuoteSummary } from './types';

const EXPORT_PAGE_SIZE = 100;

/** A page of the quotes that the organisation gave or got. */
export const quotesQuery = (search: QuoteSearch) =>
  queryOptions({
    queryKey: ['quotes', 'list', search],
    queryFn: ({ signal }) => readPage(search, signal),
    placeholderData: keepPreviousData,
  });

function readPage({ page, size, sort, q, side, state }: QuoteSearch, signal?: AbortSignal) {
  const query = {
    ...(page === undefined ? {} : { page }),
    ...(size === undefined ? {} : { size }),
    ...(sort === undefined ? {} : { sort }),
    ...(q === undefined ? {} : { q }),
    ...(side === undefined ? {} : { side }),
    ...(state === undefined ? {} : { state: [state] }),
  };
  return unwrap(api.GET('/api/v1/quotes', { params: { query }, signal: signal ?? null }));
}

/** Every quote that matches, page by page, for the export. */
export async function readAllQuotes(search: QuoteSearch): Promise<QuoteSummary[]> {
  const rows: QuoteSummary[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const found = await readPage({ ...search, page, size: EXPORT_PAGE_SIZE });
    rows.push(...found.items);
    pages = found.pages;
  }
  return rows;
}

/** A quote with its present version. */
export const quoteQuery = (quoteId: string) =>
  queryOptions({
    queryKey: ['quotes', 'one', quoteId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/quotes/{quote_id}', { params: { path: { quote_id: quoteId } }, signal }),
      ),
  });

/** Every version of a quote, newest first, with what changed in it. */
export const quoteVersionsQuery = (quoteId: string) =>
  queryOptions({
    queryKey: ['quotes', 'versions', quoteId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/quotes/{quote_id}/versions', {
          params: { path: { quote_id: quoteId } },
          signal,
        }),
      ),
  });
