import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import { readAllPages } from '@/shared/api/pages';

import type { DealListItem, DealSearch, DealView } from './types';

/** A page of the organisation's deals. */
export const dealsQuery = (search: DealSearch) =>
  queryOptions({
    queryKey: ['deals', 'list', search],
    queryFn: ({ signal }) => readPage(search, signal),
    placeholderData: keepPreviousData,
  });

function readPage({ page, size, sort, q, side, state }: DealSearch, signal?: AbortSignal) {
  const query = {
    page,
    size,
    sort,
    q,
    side,
    state: state && [state],
  };
  return unwrap(api.GET('/api/v1/deals', { params: { query }, signal: signal ?? null }));
}

/** Every deal that matches, page by page, for the export. */
export function readAllDeals(search: DealSearch): Promise<DealListItem[]> {
  return readAllPages((place) => readPage({ ...search, ...place }));
}

/** A deal with its terms, signatures, contract, invoice and conversation. */
export const dealQuery = (dealId: string) =>
  queryOptions({
    queryKey: ['deals', 'one', dealId],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/deals/{deal_id}', { params: { path: { deal_id: dealId } }, signal })),
  });

/** One version of the terms; it never changes. */
export const dealTermsQuery = (dealId: string, number: number) =>
  queryOptions({
    queryKey: ['deals', 'terms', dealId, number],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/deals/{deal_id}/terms/{number}', {
          params: { path: { deal_id: dealId, number } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });

/** Asks for agreement to signing a deal's present terms, where the award has outgrown a spending limit by them. */
export function useAskToSign(deal: DealView) {
  const client = useQueryClient();
  const { number, content_sha256: hash } = deal.terms;
  return useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/requests/{request_id}/approvals', {
          params: { path: { request_id: deal.request_id } },
          body: {
            purpose: 'award',
            terms: { deal_id: deal.id, terms_number: number, content_sha256: hash },
          },
        }),
      ),
    meta: { showsProblem: true },
    onSettled: () => client.invalidateQueries({ queryKey: ['approvals'] }),
  });
}
