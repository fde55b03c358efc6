import { useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';

import type { CreateInvitationBody, LinkTermsBody } from './types';

function useRefresh(): () => Promise<unknown> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['links'] });
}

/** Asks a supplier for a trading link. */
export function useRequestLink() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: { supplier_organisation_id: string; message: string }) =>
      unwrap(api.POST('/api/v1/links/requests', { body })),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Grants other terms, in a new version. */
export function useChangeTerms(linkId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: { terms: LinkTermsBody; version: number }) =>
      unwrap(
        api.PUT('/api/v1/links/{link_id}/terms', { params: { path: { link_id: linkId } }, body }),
      ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Writes down something about a buyer. */
export function useWriteNote(linkId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (text: string) =>
      unwrap(
        api.POST('/api/v1/links/{link_id}/notes', {
          params: { path: { link_id: linkId } },
          body: { text },
        }),
      ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Makes an invitation for buyers; its address is told this once. */
export function useCreateInvitation() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: CreateInvitationBody) =>
      unwrap(api.POST('/api/v1/link-invitations', { body })),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Takes an invitation back. */
export function useRevokeInvitation() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (invitationId: string) =>
      api.DELETE('/api/v1/link-invitations/{invitation_id}', {
        params: { path: { invitation_id: invitationId } },
      }),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Comes by an invitation. */
export function useJoin(token: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (message: string) =>
      unwrap(
        api.POST('/api/v1/link-invitations/{token}/accept', {
          params: { path: { token } },
          body: { message },
        }),
      ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}
