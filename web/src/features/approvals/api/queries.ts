import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import { readAllPages } from '@/shared/api/pages';
import type { components } from '@/shared/api/schema';
import type { TableSearch } from '@/shared/ui/data-table/search';

import type { ApprovalTab } from './types';

export type ApprovalView = components['schemas']['ApprovalView'];
export type ApprovalRuleBody = components['schemas']['ApprovalRuleBody'];
export type ApprovalRuleView = components['schemas']['ApprovalRuleView'];

/** A page of approvals: those that wait for the reader, those that the reader asked for, or all. */
export const approvalsQuery = (tab: ApprovalTab, search: TableSearch) => {
  const { page, size, sort } = search;
  return queryOptions({
    queryKey: ['approvals', 'list', tab, { page, size, sort }],
    queryFn: ({ signal }) => readPage(tab, search, signal),
    placeholderData: keepPreviousData,
  });
};

function readPage(tab: ApprovalTab, { page, size, sort }: TableSearch, signal?: AbortSignal) {
  const query = {
    page,
    size,
    sort,
    ...(tab === 'mine' ? { mine: true } : {}),
    ...(tab === 'asked' ? { asked: true } : {}),
  };
  return unwrap(api.GET('/api/v1/approvals', { params: { query }, signal: signal ?? null }));
}

/** Every approval of a tab, page by page, for the export. */
export function readAllApprovals(tab: ApprovalTab, search: TableSearch): Promise<ApprovalView[]> {
  return readAllPages((place) => readPage(tab, { ...search, ...place }));
}

/** One approval with all its steps. */
export const approvalQuery = (approvalId: string) =>
  queryOptions({
    queryKey: ['approvals', 'one', approvalId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/approvals/{approval_id}', {
          params: { path: { approval_id: approvalId } },
          signal,
        }),
      ),
  });

/** Whose agreement is missing before the reader could publish a request as it is now. */
export const publishNeedQuery = (requestId: string) =>
  queryOptions({
    // Below `requests`, so that every change of the request asks anew.
    queryKey: ['requests', 'approval-need', requestId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/requests/{request_id}/approvals', {
          params: { path: { request_id: requestId } },
          signal,
        }),
      ),
  });

/** Asks for agreement to publishing a request as it is now. */
export function useAskToPublish(requestId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/requests/{request_id}/approvals', {
          params: { path: { request_id: requestId } },
          body: { purpose: 'publish' },
        }),
      ),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['approvals'] }),
        client.invalidateQueries({ queryKey: ['requests'] }),
      ]),
  });
}

/** The organisation's spending limits. */
export const rulesQuery = queryOptions({
  queryKey: ['approvals', 'rules'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/approval-rules', { signal })),
});

/** Replaces all spending limits. */
export function useSaveRules() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rules: ApprovalRuleBody[]) =>
      unwrap(api.PUT('/api/v1/approval-rules', { body: { rules } })),
    meta: { showsProblem: true },
    onSuccess: (answer) => {
      client.setQueryData(rulesQuery.queryKey, answer);
      void client.invalidateQueries({ queryKey: ['requests', 'approval-need'] });
    },
  });
}
