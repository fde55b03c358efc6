import { expect, it } from 'vitest';

import type { Messages } from '../api/queries';
import type { MessageFeed, MessageView } from '../api/types';
import {
  allMessages,
  newestSequence,
  readByOthers,
  withMessage,
  withNewest,
  withReadMark,
} from './messages';

const message = (sequence: number): MessageView =>
  ({ id: `m${sequence}`, sequence }) as MessageView;
const feed = (...sequences: number[]): MessageFeed => ({
  items: sequences.map(message),
  next: null,
  last_sequence: sequences.at(-1) ?? 0,
  read_marks: [],
});
const here: Messages = { pages: [feed(3, 4), feed(1, 2)], pageParams: [null, 'c'] };
const sequences = (data: Messages | null) => allMessages(data ?? undefined).map((m) => m.sequence);

it('shows the oldest first, however the pages came', () => {
  expect(sequences(here)).toEqual([1, 2, 3, 4]);
  expect(newestSequence(here)).toBe(4);
});

it('appends what is new once, and notices a gap', () => {
  expect(sequences(withNewest(here, feed(2, 3, 4, 5, 6)))).toEqual([1, 2, 3, 4, 5, 6]);
  expect(sequences(withNewest(here, feed(5)))).toEqual([1, 2, 3, 4, 5]);
  expect(withNewest(here, feed(6, 7))).toBeNull();
});

it('takes the answer to a message whether or not the stream was faster', () => {
  const once = withMessage(here, message(5));
  expect(sequences(withMessage(once, message(5)))).toEqual([1, 2, 3, 4, 5]);
});

it('knows how far the other side has read, and never less than before', () => {
  const mark = (organisation_id: string, last_read_sequence: number) => ({
    user_id: 'u',
    organisation_id,
    last_read_sequence,
    read_at: '2026-01-01T00:00:00Z',
  });
  const read = withReadMark(withReadMark(here, mark('theirs', 3)), mark('ours', 4));
  expect(readByOthers(read, 'ours')).toBe(3);
  expect(readByOthers(withReadMark(read, mark('theirs', 1)), 'ours')).toBe(3);
  expect(readByOthers(undefined, 'ours')).toBe(0);
});
