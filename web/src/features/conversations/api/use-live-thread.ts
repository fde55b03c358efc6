import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import { api, unwrap } from '@/shared/api/client';
import { useStreamEvents } from '@/shared/realtime/provider';

import { withNewest, withReadMark } from '../model/messages';
import { messagesQuery, readMessages } from './queries';

interface ThreadEvent {
  thread_id: string;
  sequence: number;
  user_id?: string;
  organisation_id?: string;
}

/** Appends what is said while the conversation is open, and moves the read marks of others. */
export function useLiveThread(threadId: string): void {
  const client = useQueryClient();
  const key = messagesQuery(threadId).queryKey;
  const append = async (): Promise<void> => {
    const feed = await readMessages(threadId, null);
    const data = client.getQueryData(key);
    const merged = data === undefined ? null : withNewest(data, feed);
    if (merged === null) await client.invalidateQueries({ queryKey: key });
    else client.setQueryData(key, merged);
  };
  useStreamEvents(({ name, data }) => {
    if (!isThreadEvent(data) || data.thread_id !== threadId) return;
    // What cannot be read now comes with the next event or the next visit.
    if (name === 'message.posted') void append().catch(() => undefined);
    if (
      name === 'thread.read' &&
      data.user_id !== undefined &&
      data.organisation_id !== undefined
    ) {
      const mark = {
        user_id: data.user_id,
        organisation_id: data.organisation_id,
        last_read_sequence: data.sequence,
        read_at: new Date().toISOString(),
      };
      client.setQueryData(key, (known) =>
        known === undefined ? known : withReadMark(known, mark),
      );
    }
  });
}

function isThreadEvent(data: unknown): data is ThreadEvent {
  return typeof data === 'object' && data !== null && 'thread_id' in data && 'sequence' in data;
}

/** Marks as read what is on the screen of somebody who looks at it. */
export function useReadMark(threadId: string, newest: number, onRead?: () => void): void {
  const client = useQueryClient();
  const marked = useRef(0);
  useEffect(() => {
    const mark = (): void => {
      if (newest <= marked.current || document.visibilityState !== 'visible') return;
      const before = marked.current;
      marked.current = newest;
      unwrap(
        api.POST('/api/v1/conversations/{thread_id}/read', {
          params: { path: { thread_id: threadId } },
          body: { sequence: newest },
        }),
      ).then(
        () => {
          onRead?.();
          void client.invalidateQueries({ queryKey: ['conversations', 'list'] });
        },
        () => {
          // The next message, or the next look, tries again.
          marked.current = before;
        },
      );
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [client, threadId, newest, onRead]);
}
