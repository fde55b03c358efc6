import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import type { OrganisationRole } from '@/shared/api/types';
import { sessionKey } from '@/shared/session/session';
import type { TableSearch } from '@/shared/ui/data-table/search';

export type Member = components['schemas']['MemberView'];
export type Invite = components['schemas']['InviteView'];
export type InvitePreview = components['schemas']['InvitePreviewView'];

const paging = ({ page, size }: TableSearch) => ({
  page,
  size,
});

/** A page of colleagues: owners first, then in the order in which they joined. */
export const membersQuery = (organisationId: string, search: TableSearch) =>
  queryOptions({
    queryKey: ['team', organisationId, paging(search)],
    queryFn: async ({ signal }) => {
      const found = await unwrap(
        api.GET('/api/v1/organisations/{organisation_id}/members', {
          params: { path: { organisation_id: organisationId }, query: paging(search) },
          signal,
        }),
      );
      // Lists name their rows by `id`.
      return { ...found, items: found.items.map((one) => ({ ...one, id: one.user_id })) };
    },
    placeholderData: keepPreviousData,
  });

/** A page of invitations, the latest first. */
export const invitesQuery = (search: TableSearch) =>
  queryOptions({
    queryKey: ['invites', 'list', paging(search)],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/invites', { params: { query: paging(search) }, signal })),
    placeholderData: keepPreviousData,
  });

/** What the holder of an invitation's link may know. */
export const invitePreviewQuery = (token: string) =>
  queryOptions({
    queryKey: ['invites', 'preview', token],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/invites/{token}', { params: { path: { token } }, signal })),
    retry: false,
  });

export interface NewInvite {
  email: string;
  role: OrganisationRole;
  locale: 'en' | 'ru' | 'kk';
}

interface TeamWrites {
  changeRole: (userId: string, role: OrganisationRole) => Promise<void>;
  remove: (userId: string) => Promise<void>;
  invite: (invite: NewInvite) => Promise<void>;
  revoke: (inviteId: string) => Promise<void>;
}

/** Returns what changes the team of the organisation. */
export function useTeamWrites(organisationId: string): TeamWrites {
  const client = useQueryClient();
  const member = (userId: string) => ({
    path: { organisation_id: organisationId, user_id: userId },
  });
  const refresh = async (...keys: (readonly string[])[]): Promise<void> => {
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
  };
  return {
    changeRole: async (userId, role) => {
      await api.PATCH('/api/v1/organisations/{organisation_id}/members/{user_id}', {
        params: member(userId),
        body: { role },
      });
      await refresh(['team'], sessionKey);
    },
    remove: async (userId) => {
      await api.DELETE('/api/v1/organisations/{organisation_id}/members/{user_id}', {
        params: member(userId),
      });
      await refresh(['team']);
    },
    invite: async (body) => {
      await api.POST('/api/v1/invites', { body });
      await refresh(['invites']);
    },
    revoke: async (inviteId) => {
      await api.DELETE('/api/v1/invites/{invite_id}', {
        params: { path: { invite_id: inviteId } },
      });
      await refresh(['invites']);
    },
  };
}
