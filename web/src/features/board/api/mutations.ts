import { useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';

/** Asks the buyer something; the answer will be read by every bidder. */
export function useAskQuestion(requestId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) =>
      unwrap(
        api.POST('/api/v1/requests/{request_id}/questions', {
          params: { path: { request_id: requestId } },
          body: { text },
        }),
      ),
    meta: { showsProblem: true },
    onSuccess: () => client.invalidateQueries({ queryKey: ['board', 'questions', requestId] }),
  });
}

/** Declines an invitation. */
export function useDeclineInvitation(requestId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      unwrap(
        api.POST('/api/v1/requests/{request_id}/decline', {
          params: { path: { request_id: requestId } },
          body: { reason },
        }),
      ),
    meta: { showsProblem: true },
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['requests', 'one', requestId] }),
        client.invalidateQueries({ queryKey: ['board'] }),
      ]),
  });
}

/** Tells the buyer, once, that an invited vendor has opened the request. */
export async function noteViewed(requestId: string): Promise<void> {
  await unwrap(
    api.POST('/api/v1/requests/{request_id}/viewed', {
      params: { path: { request_id: requestId } },
    }),
  );
}
