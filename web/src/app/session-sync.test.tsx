import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Session } from '@/shared/api/types';
import { renderWithApp } from '@/shared/testing/render';

import { SessionSync } from './session-sync';

const DANA = { user: { id: 'dana' }, organisation: { id: 'demo' } } as unknown as Session;

/** What browsers give: it reaches everybody else who listens, at once. */
class Channel {
  static listeners: ((event: { data: unknown }) => void)[] = [];
  addEventListener = (_name: string, listener: (event: { data: unknown }) => void): void => {
    Channel.listeners.push(listener);
  };
  removeEventListener = (): void => undefined;
  postMessage = (): void => undefined;
}

const hear = (data: unknown): void => Channel.listeners.forEach((listener) => listener({ data }));

beforeEach(() => {
  Channel.listeners = [];
  vi.stubGlobal('BroadcastChannel', Channel);
});

afterEach(() => {
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

it('leaves a workspace whose organisation was changed or left in another tab, and no other', () => {
  history.replaceState(null, '', '/app/requests');
  const onLeave = vi.fn();
  renderWithApp(<SessionSync onLeave={onLeave} />, DANA);
  hear('dana@demo');
  expect(onLeave).not.toHaveBeenCalled();
  hear('dana@kaspi');
  expect(onLeave).toHaveBeenLastCalledWith('/app');
  hear(null);
  expect(onLeave).toHaveBeenLastCalledWith('/sign-in');
});

it('stays on a public page, where something may be half written', () => {
  history.replaceState(null, '', '/requests');
  const onLeave = vi.fn();
  renderWithApp(<SessionSync onLeave={onLeave} />, null);
  hear('dana@demo');
  expect(onLeave).not.toHaveBeenCalled();
});
