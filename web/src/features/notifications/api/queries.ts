import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

export type Notification = components['schemas']['NotificationView'];
export type NotificationGroup = components['schemas']['Group'];
export type Preferences = components['schemas']['PreferencesView'];
type NotificationFeed = components['schemas']['Feed_NotificationView_'];

export interface NotificationFilters {
  unread?: boolean | undefined;
  group?: NotificationGroup | undefined;
}

const KEY = ['notifications'] as const;
const FEED_KEY = [...KEY, 'feed'] as const;
const COUNT_KEY = [...KEY, 'unread-count'] as const;
const PREFERENCES_KEY = ['notification-preferences'] as const;

/** The person's notifications, newest first. */
export const notificationsQuery = (filters: NotificationFilters = {}) =>
  infiniteQueryOptions({
    queryKey: [...FEED_KEY, filters],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/notifications', {
          params: {
            query: {
              ...(filters.unread === true ? { unread: true } : {}),
              group: filters.group,
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** The number at the bell. */
export const unreadCountQuery = queryOptions({
  queryKey: COUNT_KEY,
  queryFn: async ({ signal }) => {
    const { count } = await unwrap(api.GET('/api/v1/notifications/unread-count', { signal }));
    return count;
  },
});

/** How the person hears of every group. */
export const preferencesQuery = queryOptions({
  queryKey: PREFERENCES_KEY,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/notifications/preferences', { signal })),
});

/** Marks as read what is shown, before the server has answered. */
function markInCache(client: QueryClient, isMeant: (one: Notification) => boolean): void {
  const now = new Date().toISOString();
  client.setQueriesData<InfiniteData<NotificationFeed>>({ queryKey: FEED_KEY }, (data) =>
    data === undefined
      ? data
      : {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((one) =>
              one.read_at === null && isMeant(one) ? { ...one, read_at: now } : one,
            ),
          })),
        },
  );
}

/** Marks one as read, at once on the screen. */
export function useMarkRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Notification) =>
      api.PATCH('/api/v1/notifications/{notification_id}/read', {
        params: { path: { notification_id: id } },
      }),
    onMutate: ({ id }) => {
      markInCache(client, (one) => one.id === id);
      client.setQueryData<number>(COUNT_KEY, (count) => Math.max(0, (count ?? 1) - 1));
    },
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** Marks everything as read, at once on the screen. */
export function useMarkAllRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.POST('/api/v1/notifications/read-all'),
    onMutate: () => {
      markInCache(client, () => true);
      client.setQueryData<number>(COUNT_KEY, 0);
    },
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** Stores the choices, at once on the screen; what fails is taken back. */
export function useSavePreferences() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ groups }: Preferences) =>
      unwrap(
        api.PUT('/api/v1/notifications/preferences', {
          body: { groups: groups.map(({ group, in_app, email }) => ({ group, in_app, email })) },
        }),
      ),
    // One after the other: a later choice must not be overtaken by an earlier one.
    scope: { id: 'notification-preferences' },
    onMutate: (next) => {
      const before = client.getQueryData<Preferences>(PREFERENCES_KEY);
      client.setQueryData<Preferences>(PREFERENCES_KEY, next);
      return { before };
    },
    onError: (_error, _next, context) => {
      client.setQueryData(PREFERENCES_KEY, context?.before);
    },
  });
}
