import { expect, it } from 'vitest';

import type { TermsView } from '../api/types';
import { termChanges, termLineName } from './term-changes';

const line = (name: string, request_line_id: string | null, amount = 100) => ({
  name,
  request_line_id,
  quantity: '1',
  unit: 'H87',
  unit_price: { amount, currency: 'KZT' },
  tax_rate: '12',
});
const terms = (values: object): TermsView =>
  ({ payment_days: 10, lines: [line('Flour', 'a')], ...values }) as unknown as TermsView;

it('finds what differs in terms and lines, and what came and went', () => {
  const before = terms({ lines: [line('Flour', 'a'), line('Transport', null)] });
  const after = terms({ payment_days: 14, lines: [line('Flour', 'a', 90), line('Loading', null)] });
  expect(termChanges(before, after).map(({ field }) => field)).toEqual([
    'payment_days',
    'lines/a/unit_price',
    'lines/Transport',
    'lines/Loading',
  ]);
  expect(termLineName([after], 'a')).toBe('Flour');
});

it('tells equal lines apart and finds nothing between equal terms', () => {
  const doubled = terms({ lines: [line('Bag', null), line('Bag', null, 50)] });
  expect(termChanges(doubled, structuredClone(doubled))).toEqual([]);
  expect(
    termChanges(doubled, terms({ lines: [line('Bag', null)] })).map(({ field }) => field),
  ).toEqual(['lines/Bag (2)']);
});
