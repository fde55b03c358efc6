import { API_PREFIX, refreshOnce } from '@/shared/api/transport';

import { EventParser } from './parser';
import type { StreamEvent } from './topics';

export type StreamState = 'connecting' | 'live' | 'waiting' | 'closed';

interface StreamOptions {
  onEvent: (event: StreamEvent) => void;
  onState: (state: StreamState) => void;
  /** The server cannot fill the gap since the last event: everything shown must be read again. */
  onReload: () => void;
  /** The session behind the stream is over. */
  onEnd: () => void;
}

const STREAM_PATH = `${API_PREFIX}/notifications/stream`;
const DELAY_FIRST_MS = 1_000;
const DELAY_MAX_MS = 60_000;
/** The server speaks every quarter of a minute; a silence of three is a dead connection. */
const SILENCE_MAX_MS = 45_000;

/**
 * Keeps one stream of events open until it is closed.
 *
 * It reads the stream with `fetch`, because `EventSource` hides the status (an ended session looks
 * like a lost network) and cannot send `Last-Event-ID` after it has given up.
 *
 * @param closing - ends it for good.
 */
export async function keepStream(closing: AbortSignal, options: StreamOptions): Promise<void> {
  if (closing.aborted) return;
  closing.addEventListener('abort', () => options.onState('closed'));
  let lastId: string | null = null;
  let failures = 0;
  options.onState('connecting');
  while (!closing.aborted) {
    const outcome = await readOnce(lastId, closing, (event) => {
      lastId = event.id ?? lastId;
      if (event.name === 'ready') {
        failures = 0;
        options.onState('live');
      } else if (event.name === 'reload') options.onReload();
      else if (!CONTROL_EVENTS.has(event.name)) options.onEvent(event);
    });
    if (closing.aborted) return;
    const isOver = outcome === 'signed-out' && !(await refreshOnce().catch(() => false));
    if (isOver || outcome === 'over') {
      options.onState('closed');
      options.onEnd();
      return;
    }
    // One break is everyday life (the server renews streams); only a second one is worth a notice.
    if (failures > 0) options.onState('waiting');
    await pause(delayFor(failures, outcome === 'ended'), closing);
    failures += 1;
  }
}

/** What the stream says about itself; `ready` and `reload` have their own meaning. */
const CONTROL_EVENTS = new Set(['ready', 'reload', 'reconnect', 'end']);

type Outcome = 'ended' | 'failed' | 'signed-out' | 'over';

async function readOnce(
  lastId: string | null,
  closing: AbortSignal,
  onEvent: (event: StreamEvent) => void,
): Promise<Outcome> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
  try {
    const headers: Record<string, string> = { Accept: 'text/event-stream' };
    if (lastId !== null) headers['Last-Event-ID'] = lastId;
    const signal = AbortSignal.any([closing, silence.signal]);
    const response = await fetch(STREAM_PATH, { headers, signal, cache: 'no-store' });
    if (response.status === 401) return 'signed-out';
    if (!response.ok || response.body === null) return 'failed';
    const parser = new EventParser();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 'ended';
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
      for (const event of parser.push(value)) {
        onEvent(event);
        if (event.name === 'end') return 'over';
        if (event.name === 'reconnect') return 'ended';
      }
    }
  } catch {
    return 'failed';
  } finally {
    clearTimeout(timer);
    // Leaving the loop early must also let go of the connection.
    silence.abort();
  }
}

/** Doubles from one second to a minute, with a random share so that a restart is not stormed. */
export function delayFor(failures: number, hasEndedWell: boolean, random = Math.random()): number {
  if (hasEndedWell && failures === 0) return DELAY_FIRST_MS * random;
  const full = Math.min(DELAY_MAX_MS, DELAY_FIRST_MS * 2 ** failures);
  return full / 2 + (full / 2) * random;
}

/** Waits, but no longer than until the network returns. */
function pause(delayMs: number, closing: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      removeEventListener('online', finish);
      closing.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, delayMs);
    addEventListener('online', finish);
    closing.addEventListener('abort', finish);
  });
}
