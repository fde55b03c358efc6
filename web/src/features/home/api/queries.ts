import { queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';

const LATEST_COUNT = 6;

/** The newest public requests, for the home page. */
export const latestBoardQuery = queryOptions({
  queryKey: ['board', 'latest'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/board/requests', {
        params: { query: { size: LATEST_COUNT, sort: '-published_at' } },
        signal,
      }),
    ),
});
