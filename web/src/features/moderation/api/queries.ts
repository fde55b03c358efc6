import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

import type { ModerationSearch } from '../model/search';

export type ModerationItem = components['schemas']['ModerationItem'];

/** What waits for a moderator, the longest waiting first. */
export const queueQuery = ({ kind, page, size }: ModerationSearch) =>
  queryOptions({
    queryKey: ['moderation', kind, page, size],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/admin/moderation', {
          params: {
            query: {
              kind,
              page,
              size,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export interface Ruling {
  item: Pick<ModerationItem, 'kind' | 'id' | 'version'>;
  /** Why it is refused; nothing agrees. */
  reason: string | null;
}

function decide({ item: { kind, id, version }, reason }: Ruling) {
  if (kind === 'product') {
    const params = { path: { product_id: id } };
    return reason === null
      ? unwrap(
          api.POST('/api/v1/admin/moderation/products/{product_id}/approve', {
            params,
            body: { version },
          }),
        )
      : unwrap(
          api.POST('/api/v1/admin/moderation/products/{product_id}/reject', {
            params,
            body: { version, reason },
          }),
        );
  }
  const params = { path: { change_request_id: id } };
  return reason === null
    ? unwrap(
        api.POST('/api/v1/admin/moderation/change-requests/{change_request_id}/approve', {
          params,
          body: { version },
        }),
      )
    : unwrap(
        api.POST('/api/v1/admin/moderation/change-requests/{change_request_id}/reject', {
          params,
          body: { version, reason },
        }),
      );
}

/** Agrees to what waits, or refuses it with a reason that the seller reads. */
export function useDecide() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: decide,
    onSettled: () => client.invalidateQueries({ queryKey: ['moderation'] }),
  });
}
