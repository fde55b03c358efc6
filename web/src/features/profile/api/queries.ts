import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import { sessionKey } from '@/shared/session/session';

export type Profile = components['schemas']['ProfileView'];
export type ProfileChange = components['schemas']['ProfileBody'];
export type SignedInDevice = components['schemas']['SessionView'];

const PROFILE_KEY = ['profile'] as const;
const DEVICES_KEY = ['profile-sessions'] as const;

/** One's own profile. */
export const profileQuery = queryOptions({
  queryKey: PROFILE_KEY,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/auth/profile', { signal })),
});

/** Where one is signed in. */
export const devicesQuery = queryOptions({
  queryKey: DEVICES_KEY,
  queryFn: async ({ signal }) => {
    const { items } = await unwrap(api.GET('/api/v1/auth/sessions', { signal }));
    return items;
  },
});

/** Returns what changes the profile, and shows the change everywhere. */
export function useChangeProfile(): (change: ProfileChange) => Promise<Profile> {
  const client = useQueryClient();
  return async (change) => {
    const profile = await unwrap(api.PATCH('/api/v1/auth/profile', { body: change }));
    client.setQueryData(PROFILE_KEY, profile);
    await client.invalidateQueries({ queryKey: sessionKey });
    return profile;
  };
}

/** Ends sessions, one after the other. */
export function useEndSessions() {
  const client = useQueryClient();
  return useMutation({
    meta: { showsProblem: true },
    mutationFn: async (devices: readonly SignedInDevice[]) => {
      for (const { id } of devices) {
        await api.DELETE('/api/v1/auth/sessions/{session_id}', {
          params: { path: { session_id: id } },
        });
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: DEVICES_KEY }),
  });
}

/** Returns what changes the password; every other session ends with the old one. */
export function useChangePassword(): (
  body: components['schemas']['ChangePasswordBody'],
) => Promise<void> {
  const client = useQueryClient();
  return async (body) => {
    await api.POST('/api/v1/auth/change-password', { body });
    await client.invalidateQueries({ queryKey: DEVICES_KEY });
  };
}
