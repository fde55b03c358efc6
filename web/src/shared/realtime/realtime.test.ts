import { afterEach, describe, expect, it, vi } from 'vitest';

import { EventParser } from './parser';
import { delayFor, keepStream } from './stream';
import { staleKeys, type StreamEvent } from './topics';

describe('the parser', () => {
  it('puts together events that arrive in pieces', () => {
    const parser = new EventParser();
    expect(parser.push('retry: 2000\n\nid: 7\nevent: quote.sub')).toEqual([]);
    expect(parser.push('mitted\ndata: {"id":"q1",\ndata: "n":2}\n')).toEqual([]);
    expect(parser.push('\n: alive\n\nevent: ready\ndata: {}\n\n')).toEqual([
      { id: '7', name: 'quote.submitted', data: { id: 'q1', n: 2 } },
      { id: '7', name: 'ready', data: {} },
    ]);
  });

  it('takes CRLF that is cut between its two characters', () => {
    const parser = new EventParser();
    expect([...parser.push('data: 1\r'), ...parser.push('\n\r\n')]).toEqual([
      { id: null, name: 'message', data: 1 },
    ]);
  });
});

it('an event makes its own keys stale, else those of its noun', () => {
  const queries = { quote: [['quotes']], 'quote.read': [] };
  expect(staleKeys('quote.submitted', queries)).toEqual([['quotes']]);
  expect(staleKeys('quote.read', queries)).toEqual([]);
  expect(staleKeys('weather.changed', queries)).toEqual([]);
});

it('waits longer after each failure, up to a minute', () => {
  expect([0, 1, 3, 20].map((failures) => delayFor(failures, false, 1))).toEqual([
    1000, 2000, 8000, 60_000,
  ]);
  expect(delayFor(20, false, 0)).toBe(30_000);
  expect(delayFor(0, true, 0)).toBe(0);
});

describe('the stream', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('resumes after the last event it saw, and stops when the session ends', async () => {
    const lastIds: (string | null)[] = [];
    const bodies = [
      'event: ready\nid: 4\ndata: {}\n\nid: 5\nevent: quote.submitted\ndata: {"a":1}\n\n',
      'event: reload\nid: 9\ndata: {}\n\nevent: end\ndata: {}\n\n',
    ];
    vi.stubGlobal('fetch', (_path: string, init: RequestInit) => {
      lastIds.push(new Headers(init.headers).get('Last-Event-ID'));
      return Promise.resolve(new Response(bodies.shift(), { status: 200 }));
    });
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const events: StreamEvent[] = [];
    const states: string[] = [];
    const onReload = vi.fn();
    await new Promise<void>((resolve) => {
      void keepStream(new AbortController().signal, {
        onEvent: (event) => events.push(event),
        onState: (state) => states.push(state),
        onReload,
        onEnd: resolve,
      });
    });
    expect(lastIds).toEqual([null, '5']);
    expect(events).toEqual([{ id: '5', name: 'quote.submitted', data: { a: 1 } }]);
    expect(onReload).toHaveBeenCalledOnce();
    expect(states).toEqual(['connecting', 'live', 'closed']);
  });
});
