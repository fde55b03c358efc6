import { describe, expect, it } from 'vitest';

import {
  amendment,
  draftBody,
  EMPTY_LINE,
  isComplete,
  missingForPublish,
  type RequestValues,
  withIds,
} from './values';

const LINE = { ...EMPTY_LINE, id: 'a', name: 'Cement M500', quantity: '12,5', unit: 'TNE' };
const VALUES: RequestValues = {
  title: ' Cement ',
  description: '',
  category: 'construction',
  visibility: 'public',
  sealed: false,
  currency: 'KZT',
  budget: { amount: 500_000, currency: 'KZT' },
  quotes_due_at: '2026-12-01T12:00:00Z',
  needed_by: '',
  delivery_country: '',
  delivery_place: 'Almaty',
  delivery_terms: '',
  payment_terms: '',
  lines: [LINE],
  attachments: [
    { id: 'f', name: 'plan.pdf', size_bytes: 1, content_type: 'application/pdf', url: '' },
  ],
};

describe('a draft’s body', () => {
  it('writes quantities with a point, absent dates as null, and files by their ids', () => {
    expect(draftBody(VALUES)).toMatchObject({
      title: 'Cement',
      needed_by: null,
      delivery_country: null,
      lines: [{ id: 'a', name: 'Cement M500', quantity: '12.5', unit: 'TNE', target_price: null }],
      attachment_ids: ['f'],
    });
  });

  it('keeps new lines to itself until they have a name and a quantity', () => {
    const lines = [LINE, { ...EMPTY_LINE, name: 'Sand' }, { ...EMPTY_LINE, quantity: '3' }];
    expect(draftBody({ ...VALUES, lines }).lines).toHaveLength(1);
  });

  it('sends no lines while one that the server knows is being retyped', () => {
    expect(draftBody({ ...VALUES, lines: [{ ...LINE, name: '' }] })).not.toHaveProperty('lines');
  });

  it('leaves an empty title out, which the server would refuse', () => {
    expect(draftBody({ ...VALUES, title: '  ' })).not.toHaveProperty('title');
  });
});

it.each([
  ['1', true],
  ['0,5', true],
  ['0', false],
  ['-1', false],
  ['1.1234567', false],
  ['a', false],
  ['', false],
])('says of the quantity %j whether a line is complete: %j', (quantity, expected) => {
  expect(isComplete({ ...LINE, quantity })).toBe(expected);
});

it('gives new lines the ids that the server answered, past those that were not sent', () => {
  const lines = [LINE, { ...EMPTY_LINE, name: 'Sand' }, { ...LINE, id: null, name: 'Gravel' }];
  const sent = draftBody({ ...VALUES, lines }).lines;
  expect([...withIds(lines, sent, [{ id: 'a' }, { id: 'b' }])]).toEqual([[2, 'b']]);
  expect(withIds(lines, sent, [{ id: 'a' }]).size).toBe(0);
});

it('amends only what has changed', () => {
  expect(amendment(VALUES, { ...VALUES })).toEqual({});
  const changed = { ...VALUES, delivery_place: 'Astana', sealed: true, currency: 'USD' };
  expect(amendment(VALUES, changed)).toEqual({ delivery_place: 'Astana' });
});

it('names everything that publishing still needs', () => {
  const now = new Date('2026-11-21T00:00:00Z');
  expect(missingForPublish(VALUES, [], now)).toEqual([]);
  const bare = { lines: [EMPTY_LINE], quotes_due_at: '', visibility: 'invited' as const };
  expect(missingForPublish(bare, [], now)).toEqual(['lines', 'deadline', 'invitations']);
  const late = { ...VALUES, quotes_due_at: '2026-11-20T23:59:00Z' };
  expect(missingForPublish(late, [], now)).toEqual(['past_deadline']);
});
