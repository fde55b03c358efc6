import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import type { TableSearch } from '@/shared/ui/data-table/search';

export type ReviewDeskItem = components['schemas']['ReviewDeskItem'];

/** What the page of received reviews keeps in the URL. */
export interface ReceivedSearch extends TableSearch {
  answered?: boolean | undefined;
  rating?: number | undefined;
}

/** Published reviews of the organisation's own products, the newest first. */
export const receivedQuery = ({ page, size, answered, rating }: ReceivedSearch) =>
  queryOptions({
    queryKey: ['reviews', 'received', page, size, answered, rating],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/reviews/received', {
          params: {
            query: {
              sort: '-published_at',
              page,
              size,
              answered,
              rating: rating === undefined ? undefined : [rating],
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** Reviews that wait for a moderator, the longest waiting first. */
export const waitingReviewsQuery = ({ page, size }: TableSearch) =>
  queryOptions({
    queryKey: ['reviews', 'waiting', page, size],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/admin/moderation/reviews', {
          params: {
            query: {
              page,
              size,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export interface ReviewRuling {
  id: string;
  version: number;
  /** Why it is hidden; nothing lets it stand. */
  reason: string | null;
}

/** Lets a review stand, or hides it with a reason that its author reads. */
export function useRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, version, reason }: ReviewRuling) => {
      const params = { path: { review_id: id } };
      if (reason === null) {
        await unwrap(
          api.POST('/api/v1/admin/moderation/reviews/{review_id}/approve', {
            params,
            body: { version },
          }),
        );
      } else {
        await unwrap(
          api.POST('/api/v1/admin/moderation/reviews/{review_id}/reject', {
            params,
            body: { version, reason },
          }),
        );
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['reviews'] }),
  });
}
