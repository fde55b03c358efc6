import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';

import { boardFilters } from '../model/filters';
import type { BoardSearch } from './types';

const QUESTIONS_SIZE = 50;

/** A page of open requests. */
export const boardQuery = (search: BoardSearch) => {
  const { page, size, sort } = search;
  const filters = boardFilters(search, new Date());
  const query = {
    ...filters,
    page,
    size,
    sort,
  };
  return queryOptions({
    queryKey: ['board', 'list', query],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/board/requests', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
};

/** How many open requests have each category, country and currency, the filter on categories aside. */
export const boardFacetsQuery = (search: BoardSearch) => {
  const query = boardFilters({ ...search, category: undefined }, new Date());
  return queryOptions({
    queryKey: ['board', 'facets', query],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/board/facets', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
};

/** The public page of a request. */
export const publicRequestQuery = (requestId: string) =>
  queryOptions({
    queryKey: ['board', 'public', requestId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/board/requests/{request_id}', {
          params: { path: { request_id: requestId } },
          signal,
        }),
      ),
  });

/** Questions about a request and their answers. */
export const boardQuestionsQuery = (requestId: string) =>
  infiniteQueryOptions({
    queryKey: ['board', 'questions', requestId],
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        api.GET('/api/v1/requests/{request_id}/questions', {
          params: {
            path: { request_id: requestId },
            query: { page: pageParam, size: QUESTIONS_SIZE },
          },
          signal,
        }),
      ),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.page < last.pages ? last.page + 1 : null),
  });
