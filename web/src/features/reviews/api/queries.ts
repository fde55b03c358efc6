import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

export type ReviewView = components['schemas']['ReviewView'];
export type ReviewPage = components['schemas']['ReviewPage'];
export type Distribution = components['schemas']['Distribution'];

export interface ReviewSearch {
  page: number;
  rating: number | null;
  sort: '-published_at' | '-rating' | 'rating';
}

const PAGE_SIZE = 10;

/** Published reviews of a product, with their summary and the reader's own. */
export const reviewsQuery = (productId: string, { page, rating, sort }: ReviewSearch) =>
  queryOptions({
    queryKey: ['reviews', 'of', productId, page, rating, sort],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/reviews', {
          params: {
            query: {
              product_id: productId,
              page,
              size: PAGE_SIZE,
              sort,
              ...(rating === null ? {} : { rating: [rating] }),
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export interface ReviewDraft {
  rating: number;
  text: string;
  images: { id: string; alt: string }[];
}

function useRefresh(): () => Promise<unknown> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['reviews'] });
}

/** Writes a review, or writes one's own anew. */
export function useSaveReview(productId: string, own: ReviewView | null) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (draft: ReviewDraft) =>
      own === null
        ? unwrap(api.POST('/api/v1/reviews', { body: { product_id: productId, ...draft } }))
        : unwrap(
            api.PUT('/api/v1/reviews/{review_id}', {
              params: { path: { review_id: own.id } },
              body: { ...draft, version: own.version },
            }),
          ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Takes one's own review back. */
export function useDeleteReview() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (reviewId: string) =>
      api.DELETE('/api/v1/reviews/{review_id}', { params: { path: { review_id: reviewId } } }),
    onSettled: refresh,
  });
}

/** Answers a review of one's own product. */
export function useReply(review: ReviewView) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (text: string) =>
      unwrap(
        api.POST('/api/v1/reviews/{review_id}/reply', {
          params: { path: { review_id: review.id } },
          body: { text, version: review.version },
        }),
      ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Asks a moderator to look at a review. */
export function useReport(reviewId: string) {
  return useMutation({
    mutationFn: (reason: string) =>
      api.POST('/api/v1/reviews/{review_id}/report', {
        params: { path: { review_id: reviewId } },
        body: { reason },
      }),
    meta: { showsProblem: true },
  });
}
