import { useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

import { requestQuery } from './queries';
import type { RequestView } from './types';

type RequestBody = components['schemas']['RequestBody'];

/** Refreshes everything about requests once something about one has changed. */
function useRefresh(): (answer?: RequestView) => Promise<void> {
  const client = useQueryClient();
  return async (answer) => {
    if (answer !== undefined) client.setQueryData(requestQuery(answer.id).queryKey, answer);
    await client.invalidateQueries({ queryKey: ['requests'] });
  };
}

/** Starts a draft. */
export function useCreateRequest() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: RequestBody) => unwrap(api.POST('/api/v1/requests', { body })),
    meta: { showsProblem: true },
    onSuccess: (request) => void refresh(request),
  });
}

/** Copies a request, without its dates, into a new draft. */
export function useDuplicateRequest() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (requestId: string) =>
      unwrap(
        api.POST('/api/v1/requests/{request_id}/duplicate', {
          params: { path: { request_id: requestId } },
        }),
      ),
    onSuccess: (request) => void refresh(request),
  });
}

/** Throws a draft away. */
export function useDeleteRequest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (requestId: string) =>
      unwrap(
        api.DELETE('/api/v1/requests/{request_id}', {
          params: { path: { request_id: requestId } },
        }),
      ),
    meta: { showsProblem: true },
    onSuccess: () => void client.invalidateQueries({ queryKey: ['requests', 'list'] }),
  });
}

/** Invites vendors by the ids of their organisations. */
export function useInviteVendors(requestId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (organisationIds: string[]) =>
      unwrap(
        api.POST('/api/v1/requests/{request_id}/invitations', {
          params: { path: { request_id: requestId } },
          body: { organisation_ids: organisationIds },
        }),
      ),
    onSuccess: (request) => refresh(request),
  });
}

/** Takes the invitation to a draft back. */
export function useWithdrawInvitation(requestId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (organisationId: string) =>
      unwrap(
        api.DELETE('/api/v1/requests/{request_id}/invitations/{organisation_id}', {
          params: { path: { request_id: requestId, organisation_id: organisationId } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['requests'] }),
  });
}

/** Answers a question for every bidder to read. */
export function useAnswerQuestion(requestId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ questionId, answer }: { questionId: string; answer: string }) =>
      unwrap(
        api.POST('/api/v1/requests/{request_id}/questions/{question_id}/answer', {
          params: { path: { request_id: requestId, question_id: questionId } },
          body: { answer },
        }),
      ),
    meta: { showsProblem: true },
    onSuccess: () => client.invalidateQueries({ queryKey: ['requests'] }),
  });
}

/** Asks the assistant to draft a request from a sentence; nothing is saved by that. */
export function useSuggestion() {
  return useMutation({
    mutationFn: (body: components['schemas']['SuggestBody']) =>
      unwrap(api.POST('/api/v1/assistant/suggest', { body })),
    meta: { showsProblem: true },
  });
}

/** Publishes a request, as the version that the caller has read. */
export function usePublishRequest(requestId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (version: number) =>
      unwrap(
        api.POST('/api/v1/requests/{resource_id}/publish', {
          params: { path: { resource_id: requestId } },
          body: { version },
        }),
      ),
    meta: { showsProblem: true },
    onSuccess: (request) => refresh(request),
    onError: () => refresh(),
  });
}

/** Publishes an amendment. */
export function useAmendRequest(requestId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: components['schemas']['AmendBody']) =>
      unwrap(
        api.POST('/api/v1/requests/{resource_id}/amend', {
          params: { path: { resource_id: requestId } },
          body,
        }),
      ),
    meta: { showsProblem: true },
    onSuccess: (request) => refresh(request),
  });
}

/** Invites vendors to a draft that was made a moment ago. */
export function useInviteNewVendors() {
  return useMutation({
    mutationFn: ({ requestId, vendorIds }: { requestId: string; vendorIds: string[] }) =>
      unwrap(
        api.POST('/api/v1/requests/{request_id}/invitations', {
          params: { path: { request_id: requestId } },
          body: { organisation_ids: vendorIds },
        }),
      ),
    meta: { showsProblem: true },
  });
}
