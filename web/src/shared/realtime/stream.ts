import { API_PREFIX, refreshOnce } from '@/shared/api/transport';

import { EventParser } from './parser';
import type { StreamEvent } from './topics';

export type StreamState = 'connecting' | 'live' | 'waiting' | 'closed';

interface StreamOptions {
  onEvent: (event: StreamEvent) => void;
  onState: (state: StreamState) => void;
  /** Called after a gap that the server may not be able to fill, so that everything is read again. */
  onResume: () => void;
}

const STREAM_PATH = `${API_PREFIX}/notifications/stream`;
const DELAY_FIRST_MS = 1_000;
const DELAY_MAX_MS = 60_000;
/** The server speaks at least every half minute; a longer silence is a dead connection. */
const SILENCE_MAX_MS = 75_000;

/**
 * Keeps one stream of events open until it is closed.
 *
 * It reads the stream with `fetch`, because `EventSource` hides the status (an ended session looks
 * like a lost network) and cannot send `Last-Event-ID` after it has given up.
 *
 * @returns the function that closes it for good.
 */
export function openStream(options: StreamOptions): () => void {
  const closing = new AbortController();
  void keepOpen(options, closing.signal);
  return () => {
    closing.abort();
    options.onState('closed');
  };
}

async function keepOpen(options: StreamOptions, closing: AbortSignal): Promise<void> {
  let lastId: string | null = null;
  let failures = 0;
  let wasLive = false;
  while (!closing.aborted) {
    options.onState('connecting');
    const outcome = await readOnce(lastId, closing, {
      onLive: () => {
        failures = 0;
        if (wasLive) options.onResume();
        wasLive = true;
        options.onState('live');
      },
      onEvent: (event) => {
        lastId = event.id ?? lastId;
        options.onEvent(event);
      },
    });
    if (closing.aborted) return;
    if (outcome === 'signed-out' && !(await refreshOnce().catch(() => false))) {
      options.onState('closed');
      return;
    }
    options.onState('waiting');
    await pause(delayFor(failures, outcome === 'ended'), closing);
    failures += 1;
  }
}

type Outcome = 'ended' | 'failed' | 'signed-out';

async function readOnce(
  lastId: string | null,
  closing: AbortSignal,
  on: { onLive: () => void; onEvent: (event: StreamEvent) => void },
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
    on.onLive();
    const parser = new EventParser();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 'ended';
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
      parser.push(value).forEach(on.onEvent);
    }
  } catch {
    return 'failed';
  } finally {
    clearTimeout(timer);
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
