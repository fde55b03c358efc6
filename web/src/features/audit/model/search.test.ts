import { expect, it } from 'vitest';

import { toAuditQuery } from './search';

it('asks for whole days of the reader’s calendar, the last one included', () => {
  const { from = '', to = '' } = toAuditQuery({ from: '2026-03-01', to: '2026-03-01' });
  expect(new Date(from)).toEqual(new Date(2026, 2, 1));
  expect(new Date(to)).toEqual(new Date(2026, 2, 2));
});

it('leaves out what is not filtered by, and what only the page knows', () => {
  expect(toAuditQuery({ q: 'cement', entry: 7 })).toEqual({ text: 'cement' });
});
