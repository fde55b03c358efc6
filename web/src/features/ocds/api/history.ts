import { queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

export type ImportedRelease = components['schemas']['ImportedRelease'];
export type ExternalRecord = components['schemas']['ExternalRecordView'];
export type ExternalParty = components['schemas']['ExternalPartyView'];

/** What was imported about a request; imports refresh it with everything else of requests. */
export const importedHistoryQuery = (requestId: string) =>
  queryOptions({
    queryKey: ['requests', 'imported', requestId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/requests/{request_id}/ocds/history', {
          params: { path: { request_id: requestId } },
          signal,
        }),
      ),
  });
