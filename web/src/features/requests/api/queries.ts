import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import { readAllPages } from '@/shared/api/pages';
import type { CategoryCode } from '@/shared/categories/categories';

import { listFilters } from '../model/list-filters';
import type { RequestSearch, RequestSummary } from './types';

const FOUND_MAX = 20;
const QUESTIONS_MAX = 100;

/** A page of the organisation's own requests. */
export const requestsQuery = (search: RequestSearch) =>
  queryOptions({
    queryKey: ['requests', 'list', search],
    queryFn: ({ signal }) => readPage(search, signal),
    placeholderData: keepPreviousData,
  });

function readPage(search: RequestSearch, signal?: AbortSignal) {
  const { page, size, sort, q, state, category, visibility } = search;
  const query = {
    ...listFilters(search),
    page,
    size,
    sort,
    q,
    state: state && [state],
    category: category ? [category as CategoryCode] : undefined,
    visibility,
  };
  return unwrap(api.GET('/api/v1/requests', { params: { query }, signal: signal ?? null }));
}

/** Every request that matches, page by page, for the export. */
export function readAllRequests(search: RequestSearch): Promise<RequestSummary[]> {
  return readAllPages((place) => readPage({ ...search, ...place }));
}

/** A request with all that its reader may know. */
export const requestQuery = (requestId: string) =>
  queryOptions({
    queryKey: ['requests', 'one', requestId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/requests/{request_id}', {
          params: { path: { request_id: requestId } },
          signal,
        }),
      ),
  });

/** The quotes for a request, or only their number while they are sealed. */
export const requestQuotesQuery = (requestId: string) =>
  queryOptions({
    queryKey: ['requests', 'quotes', requestId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/requests/{request_id}/quotes', {
          params: { path: { request_id: requestId } },
          signal,
        }),
      ),
  });

/** Questions of vendors, oldest first. */
export const questionsQuery = (requestId: string) =>
  queryOptions({
    queryKey: ['requests', 'questions', requestId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/requests/{request_id}/questions', {
          params: { path: { request_id: requestId }, query: { size: QUESTIONS_MAX } },
          signal,
        }),
      ),
  });

/** Who did what to a request, newest first; only for those who may read the audit. */
export const requestHistoryQuery = (requestId: string) =>
  infiniteQueryOptions({
    queryKey: ['requests', 'history', requestId],
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        api.GET('/api/v1/audit', {
          params: {
            query: {
              target_type: 'request',
              target_id: requestId,
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

/** Companies that sell, by the beginning of words of their name, place or description. */
export const vendorsQuery = (words: string) =>
  queryOptions({
    queryKey: ['organisations', 'vendors', words],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/organisations', {
          params: {
            query: { side: 'vendor', size: FOUND_MAX, ...(words === '' ? {} : { q: words }) },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
