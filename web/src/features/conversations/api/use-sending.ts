import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { api, unwrap } from '@/shared/api/client';
import { newId } from '@/shared/api/new-id';
import { problemText } from '@/shared/api/problem-text';
import type { FileView } from '@/shared/api/types';

import { withMessage } from '../model/messages';
import { messagesQuery } from './queries';

/** A message on its way, or one that did not arrive. */
export interface Outgoing {
  /** The same one again is the same message again: retrying never says anything twice. */
  clientId: string;
  body: string;
  files: FileView[];
  problem: string | null;
  at: string;
}

interface Sending {
  outgoing: Outgoing[];
  send: (body: string, files: FileView[]) => void;
  retry: (one: Outgoing) => void;
  discard: (one: Outgoing) => void;
}

/** Sends messages: each shows at once and stays until the server has it. */
export function useSending(threadId: string): Sending {
  const client = useQueryClient();
  const [outgoing, setOutgoing] = useState<Outgoing[]>([]);
  const without = (clientId: string) => (current: Outgoing[]) =>
    current.filter((one) => one.clientId !== clientId);

  const post = async (one: Outgoing): Promise<void> => {
    try {
      const message = await unwrap(
        api.POST('/api/v1/conversations/{thread_id}/messages', {
          params: { path: { thread_id: threadId } },
          body: {
            body: one.body,
            media_ids: one.files.map(({ id }) => id),
            client_id: one.clientId,
          },
        }),
      );
      client.setQueryData(messagesQuery(threadId).queryKey, (data) =>
        data === undefined ? data : withMessage(data, message),
      );
      setOutgoing(without(one.clientId));
      void client.invalidateQueries({ queryKey: ['conversations', 'list'] });
    } catch (error) {
      const problem = problemText(error).message;
      setOutgoing((current) =>
        current.map((other) => (other.clientId === one.clientId ? { ...other, problem } : other)),
      );
    }
  };

  return {
    outgoing,
    send: (body, files) => {
      const one: Outgoing = {
        clientId: newId(),
        body,
        files,
        problem: null,
        at: new Date().toISOString(),
      };
      setOutgoing((current) => [...current, one]);
      void post(one);
    },
    retry: (one) => {
      setOutgoing((current) =>
        current.map((other) =>
          other.clientId === one.clientId ? { ...other, problem: null } : other,
        ),
      );
      void post(one);
    },
    discard: (one) => setOutgoing(without(one.clientId)),
  };
}
