import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import { readAllPages } from '@/shared/api/pages';

import type { QuoteSearch, QuoteSummary } from './types';

/** A page of the quotes that the organisation gave or got. */
export const quotesQuery = (search: QuoteSearch) =>
  queryOptions({
    queryKey: ['quotes', 'list', search],
    queryFn: ({ signal }) => readPage(search, signal),
    placeholderData: keepPreviousData,
  });

function readPage({ page, size, sort, q, side, state }: QuoteSearch, signal?: AbortSignal) {
  const query = {
    page,
    size,
    sort,
    q,
    side,
    state: state && [state],
  };
  return unwrap(api.GET('/api/v1/quotes', { params: { query }, signal: signal ?? null }));
}

/** Every quote that matches, page by page, for the export. */
export function readAllQuotes(search: QuoteSearch): Promise<QuoteSummary[]> {
  return readAllPages((place) => readPage({ ...search, ...place }));
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
