import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createContext, use, useEffect, useMemo, useRef, useState } from 'react';

import { sessionKey, useSession } from '@/shared/session/session';

import type { StreamState } from './stream';
import { type QueriesByTopic, staleKeys, type StreamEvent } from './topics';

type Listener = (event: StreamEvent) => void;

interface Realtime {
  state: StreamState;
  listen: (listener: Listener) => () => void;
}

const RealtimeContext = createContext<Realtime>({ state: 'closed', listen: () => () => undefined });

/** Keeps the one stream of this tab while somebody is signed in. */
export function RealtimeProvider({
  queriesByTopic,
  children,
}: {
  queriesByTopic: QueriesByTopic;
  children: ReactNode;
}): ReactNode {
  const client = useQueryClient();
  const session = useSession();
  const [state, setState] = useState<StreamState>('closed');
  const listeners = useRef(new Set<Listener>());
  const signedInAs = session == null ? null : `${session.user.id}/${session.organisation.id}`;

  useEffect(() => {
    if (signedInAs === null) return;
    const closing = new AbortController();
    // Visitors have no stream, so they do not load what reads it.
    import('./stream')
      .then(({ keepStream }) =>
        keepStream(closing.signal, {
          onState: setState,
          onReload: () => void client.invalidateQueries(),
          onEnd: () => void client.invalidateQueries({ queryKey: sessionKey }),
          onEvent: (event) => {
            for (const queryKey of staleKeys(event.name, queriesByTopic)) {
              void client.invalidateQueries({ queryKey });
            }
            listeners.current.forEach((listener) => listener(event));
          },
        }),
      )
      .catch(() => setState('waiting'));
    return () => closing.abort();
  }, [signedInAs, client, queriesByTopic]);

  const value = useMemo<Realtime>(
    () => ({
      state,
      listen: (listener) => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [state],
  );
  return <RealtimeContext value={value}>{children}</RealtimeContext>;
}

/** Returns whether live updates flow. */
export function useStreamState(): StreamState {
  return use(RealtimeContext).state;
}

/** Calls `listener` for every event: to append a message to an open conversation, or to tell news. */
export function useStreamEvents(listener: Listener): void {
  const { listen } = use(RealtimeContext);
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => listen((event) => latest.current(event)), [listen]);
}
