import { queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

export type TradeRequest = components['schemas']['RequestView'];

/** A request with all that its reader may know: what a vendor reads before and while quoting. */
export const tradeRequestQuery = (requestId: string) =>
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
