import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import { send } from '@/shared/api/transport';

type Schemas = components['schemas'];

export type ComparisonView = Schemas['ComparisonView'];
export type ComparedQuote = Schemas['ComparedQuote'];
export type ComparedLine = Schemas['ComparedLine'];
export type RequestedLine = Schemas['RequestedLine'];
export type CriterionBody = Schemas['CriterionBody'];
export type Allocation = Schemas['Allocation'];
export type RequestView = Schemas['RequestView'];

/** The request that is decided about: its state, version and actions. */
export const comparedRequestQuery = (requestId: string) =>
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

/** The quotes side by side in one currency; the request's own where none is named. */
export const comparisonQuery = (requestId: string, currency: string | undefined) =>
  queryOptions({
    queryKey: ['requests', 'comparison', requestId, currency ?? null],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/requests/{request_id}/comparison', {
          params: {
            path: { request_id: requestId },
            query: { currency },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** Fetches the comparison as a spreadsheet and hands it to the browser as a file. */
export async function downloadComparison(
  requestId: string,
  currency: string | undefined,
  name: string,
): Promise<void> {
  const url = new URL(`/api/v1/requests/${requestId}/comparison.csv`, location.origin);
  if (currency !== undefined) url.searchParams.set('currency', currency);
  const answer = await send(new Request(url));
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Replaces what counts. */
export function useSaveCriteria(requestId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (criteria: CriterionBody[]) =>
      unwrap(
        api.PUT('/api/v1/requests/{request_id}/criteria', {
          params: { path: { request_id: requestId } },
          body: { criteria },
        }),
      ),
    meta: { showsProblem: true },
    onSuccess: () => client.invalidateQueries({ queryKey: ['requests', 'comparison'] }),
  });
}

/** Gives a quote points by a manual criterion. */
export function useGiveScore(requestId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['ScoreBody']) =>
      unwrap(
        api.PUT('/api/v1/requests/{request_id}/scores', {
          params: { path: { request_id: requestId } },
          body,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['requests', 'comparison'] }),
  });
}

/** Puts quotes on the shortlist. */
export function useShortlist(requestId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['ShortlistBody']) =>
      unwrap(
        api.POST('/api/v1/requests/{resource_id}/shortlist', {
          params: { path: { resource_id: requestId } },
          body,
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['requests'] }),
  });
}

/** Awards the request, or what became free of it. */
export function useAward(requestId: string, transition: 'award' | 'reaward') {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['AwardBody']) => {
      const params = { path: { resource_id: requestId } };
      return transition === 'award'
        ? unwrap(api.POST('/api/v1/requests/{resource_id}/award', { params, body }))
        : unwrap(api.POST('/api/v1/requests/{resource_id}/reaward', { params, body }));
    },
    meta: { showsProblem: true },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['requests'] }),
        client.invalidateQueries({ queryKey: ['deals'] }),
      ]),
  });
}

/** Asks for agreement to exactly this award. */
export function useAskToAward(requestId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (allocations: Allocation[]) =>
      unwrap(
        api.POST('/api/v1/requests/{request_id}/approvals', {
          params: { path: { request_id: requestId } },
          body: { purpose: 'award', award: { allocations } },
        }),
      ),
    meta: { showsProblem: true },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['requests'] }),
        client.invalidateQueries({ queryKey: ['approvals'] }),
      ]),
  });
}
