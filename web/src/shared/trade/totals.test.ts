import { expect, it } from 'vitest';

import { lineNet, offerTotals, parseDecimal, plainDecimal } from './totals';

const kzt = (amount: number) => ({ amount, currency: 'KZT' });
const line = (quantity: string, amount: number, tax_rate = '12') => ({
  quantity,
  unit_price: kzt(amount),
  tax_rate,
});

it('reads decimals with either mark and refuses the rest', () => {
  expect(parseDecimal('1 250,50')).toEqual({ digits: 125050n, scale: 2 });
  expect(['-1', '', 'a', '1.2.3'].map(parseDecimal)).toEqual([null, null, null, null]);
  expect(plainDecimal('1 250,50')).toBe('1250.50');
});

it('rounds a line once, half up', () => {
  expect(lineNet(line('0.5', 1))).toBe(1n);
  expect(lineNet(line('0.333', 100))).toBe(33n);
  expect(lineNet(line('2.5', 199))).toBe(498n);
  expect(lineNet({ quantity: '1', unit_price: null, tax_rate: '0' })).toBeNull();
});

it('rounds tax once a rate, not once a line', () => {
  // Three lines of 0.05 at 10 %: 0.015 together is 0.02, line by line it would be 0.03.
  const totals = offerTotals([line('1', 5, '10'), line('1', 5, '10.0'), line('1', 5, '10')], 'KZT');
  expect(totals).toEqual({
    net: kzt(15),
    groups: [{ rate: '10', taxable: kzt(15), tax: kzt(2) }],
    total: kzt(17),
  });
});

it('taxes delivery at the highest rate of the goods and leaves unfinished lines out', () => {
  const unfinished = { quantity: '', unit_price: kzt(100), tax_rate: '20' };
  const totals = offerTotals(
    [line('10', 1_000, '0'), line('2', 2_500), unfinished],
    'KZT',
    kzt(1_000),
  );
  expect(totals).toEqual({
    net: kzt(16_000),
    groups: [
      { rate: '0', taxable: kzt(10_000), tax: kzt(0) },
      { rate: '12', taxable: kzt(6_000), tax: kzt(720) },
    ],
    total: kzt(16_720),
  });
});
