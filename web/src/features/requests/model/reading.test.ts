import { expect, it } from 'vitest';

import { readChange } from './changes';
import { linesTotal } from './line-total';
import { listFilters } from './list-filters';

const nameOf = (id: string): string => `line ${id}`;

it('tells what an amendment changed', () => {
  const change = (field: string, before: unknown, after: unknown) =>
    readChange({ field, before, after }, nameOf);
  expect(change('delivery_place', 'Almaty', 'Astana')).toEqual({
    kind: 'field',
    field: 'delivery_place',
    before: 'Almaty',
    after: 'Astana',
  });
  expect(change('lines/7/quantity', '1', '2')).toEqual({
    kind: 'line',
    line: 'line 7',
    field: 'quantity',
    before: '1',
    after: '2',
  });
  expect(change('lines/7', null, { name: 'Sand' })).toEqual({ kind: 'line_added', name: 'Sand' });
  expect(change('lines/7', { name: 'Sand' }, null)).toEqual({ kind: 'line_removed', name: 'Sand' });
  expect(change('lines', ['1', '2'], ['2', '1'])).toEqual({ kind: 'order' });
  expect(change('attachments', [], ['x'])).toEqual({ kind: 'files' });
});

it('adds up price × quantity in whole minor units, each line rounded half up', () => {
  const price = { amount: 333, currency: 'KZT' };
  const lines = [
    { quantity: '0,5', target_price: price },
    { quantity: '1.000001', target_price: price },
    { quantity: '', target_price: price },
    { quantity: '7', target_price: null },
  ];
  expect(linesTotal(lines, 'KZT')).toEqual({ amount: 167 + 333, currency: 'KZT' });
  expect(linesTotal([{ quantity: '1', target_price: null }], 'KZT')).toBeNull();
});

it('filters by whole days of the reader: the last one counts in full', () => {
  expect(listFilters({ due_from: '2026-11-21', due_to: '2026-11-30' })).toEqual({
    due_from: new Date(2026, 10, 21).toISOString(),
    due_to: new Date(2026, 11, 1).toISOString(),
  });
  expect(listFilters({ due_from: 'soon' })).toEqual({});
});
