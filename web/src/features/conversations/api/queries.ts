import type { InfiniteData } from '@tanstack/react-query';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';

import type { MessageFeed, ThreadSearch } from './types';

/** The organisation's conversations, the most recently used first. */
export const threadsQuery = ({ page, size, q, unread }: ThreadSearch) => {
  const query = {
    page,
    size,
    q,
    ...(unread === true ? { unread } : {}),
  };
  return queryOptions({
    queryKey: ['conversations', 'list', query],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/conversations', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
};

export type Messages = InfiniteData<MessageFeed>;

/**
 * The messages of a conversation: the first page is the newest stretch, each next one is older.
 *
 * Its key stays out of what events refresh: an open conversation appends what is new.
 */
export const messagesQuery = (threadId: string) =>
  infiniteQueryOptions({
    queryKey: ['messages', threadId],
    queryFn: ({ signal, pageParam }) => readMessages(threadId, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

/** Reads a stretch of a conversation: the newest one, or what lies before a cursor. */
export function readMessages(
  threadId: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<MessageFeed> {
  return unwrap(
    api.GET('/api/v1/conversations/{thread_id}/messages', {
      params: { path: { thread_id: threadId }, query: cursor === null ? {} : { cursor } },
      signal: signal ?? null,
    }),
  );
}
