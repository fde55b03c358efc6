import { describe, expect, it } from 'vitest';

import type { ComparedQuote, ComparisonView } from '../api/queries';
import {
  allocationsOf,
  bestSplit,
  canWin,
  decisionOf,
  isWhole,
  sharesOf,
  stillPossible,
  toggleLine,
  toggleWhole,
} from './choice';

type Offers = Record<string, number | null>;
const kzt = (amount: number) => ({ amount, currency: 'KZT' });

/** A quote with the landed price of each line; null where it has none. */
function quote(id: string, offers: Offers, more: Partial<ComparedQuote> = {}): ComparedQuote {
  const lines = Object.entries(offers).map(([lineId, price]) => ({
    request_line_id: lineId,
    kind: price === null ? ('not_available' as const) : ('offered' as const),
    name: lineId,
    quantity: '1',
    unit: 'H87',
    unit_price: price === null ? null : kzt(price),
    net: price === null ? null : kzt(price),
    landed: price === null ? null : kzt(price),
    landed_unit_amount: price === null ? null : `${String(price)}.00`,
    lead_time_days: 1,
    comment: '',
    whole: price !== null,
    best: false,
  }));
  return {
    id,
    state: 'submitted',
    expired: false,
    needs_reconfirm: false,
    shortlisted: true,
    delivery: kzt(10),
    lines,
    ...more,
  } as ComparedQuote;
}

const A = quote('a', { x: 100, y: 300, z: null });
const B = quote('b', { x: 120, y: 200, z: 50 });
const C = quote('c', { x: 100, y: 200, z: 90 });
const VIEW = {
  currency: 'KZT',
  lines: [{ id: 'x' }, { id: 'y' }, { id: 'z' }],
  quotes: [A, B, C],
} as ComparisonView;

describe('the best split', () => {
  it('gives each line to the cheapest, and equal ones to whoever has a line already', () => {
    expect(bestSplit(VIEW, [A, B])).toEqual({ x: 'a', y: 'b', z: 'b' });
    expect(bestSplit(VIEW, [B, C])).toEqual({ x: 'c', y: 'c', z: 'b' });
  });

  it('takes a part of the quantity only where nobody offers the whole', () => {
    const part = quote('p', { x: 10, y: 10 });
    const lines = part.lines.map((line) => ({ ...line, whole: false }));
    expect(bestSplit(VIEW, [A, { ...part, lines }])).toEqual({ x: 'a', y: 'a' });
    expect(bestSplit(VIEW, [{ ...part, lines }])).toEqual({ x: 'p', y: 'p' });
  });

  it('leaves a line that nobody offers', () => {
    expect(bestSplit(VIEW, [A])).toEqual({ x: 'a', y: 'a' });
  });
});

describe('choosing', () => {
  it('moves a line to another quote, and takes it back', () => {
    const first = toggleLine({}, 'x', 'a');
    expect(toggleLine(first, 'x', 'b')).toEqual({ x: 'b' });
    expect(toggleLine(first, 'x', 'a')).toEqual({});
  });

  it('takes all that a quote offers, and nothing that it does not', () => {
    const whole = toggleWhole({ z: 'b' }, A);
    expect(whole).toEqual({ x: 'a', y: 'a' });
    expect(isWhole(whole, A)).toBe(true);
    expect(isWhole({ x: 'a' }, A)).toBe(false);
    expect(toggleWhole(whole, A)).toEqual({});
  });

  it('forgets what cannot be chosen any more', () => {
    const remembered = { x: 'a', y: 'gone', z: 'a', w: 'b' };
    expect(stillPossible(remembered, VIEW, [A, B])).toEqual({ x: 'a' });
  });
});

it('makes an award of it: a whole quote needs no lines, each deal carries its whole delivery', () => {
  const whole = sharesOf({ x: 'b', y: 'b', z: 'b' }, VIEW);
  expect(allocationsOf(whole)).toEqual([{ quote_id: 'b' }]);
  expect(whole.map((share) => share.amount)).toEqual([kzt(380)]);
  const split = sharesOf({ x: 'a', y: 'b', z: 'b' }, VIEW);
  expect(allocationsOf(split)).toEqual([
    { quote_id: 'a', lines: [{ request_line_id: 'x' }] },
    { quote_id: 'b', lines: [{ request_line_id: 'y' }, { request_line_id: 'z' }] },
  ]);
  expect(split.map((share) => share.amount)).toEqual([kzt(110), kzt(260)]);
});

it('says what is to be decided, and who may win', () => {
  expect(decisionOf([{ name: 'shortlist' }, { name: 'award' }])).toBe('award');
  expect(decisionOf([{ name: 'shortlist' }])).toBe('shortlist');
  expect(decisionOf([{ name: 'reaward' }])).toBe('reaward');
  expect(decisionOf([{ name: 'cancel' }])).toBe('none');
  expect(canWin(A, 'award', 'shortlist')).toBe(true);
  expect(canWin({ ...A, shortlisted: false }, 'award', 'shortlist')).toBe(false);
  expect(canWin({ ...A, shortlisted: false }, 'award', 'published')).toBe(true);
  expect(canWin({ ...A, expired: true }, 'award', 'published')).toBe(false);
  expect(canWin({ ...A, needs_reconfirm: true }, 'award', 'published')).toBe(false);
  expect(canWin(A, 'reaward', 'awarded')).toBe(false);
  expect(canWin({ ...A, state: 'standby' }, 'reaward', 'awarded')).toBe(true);
});
