import { describe, expect, it } from 'vitest';

import type { ParsedLine, ParsedOrder } from '../api/types';
import { askedAnew, corrected, mendable } from './mending';

const order = (line: Partial<ParsedLine>): ParsedOrder => ({
  lines: [
    {
      position: 1,
      text: 'COFFEE-1',
      code: 'COFFEE-1',
      quantity: '1',
      state: 'matched',
      product: null,
      candidates: [],
      warnings: [],
      ...line,
    },
  ],
  matched: 0,
  ambiguous: 0,
  missing: 0,
  cut_off: false,
});

describe('a corrected line', () => {
  const [missing] = mendable(
    order({ position: 7, text: 'COFFE-1 · 12', code: 'COFFE-1', quantity: '12', state: 'missing' }),
  );
  if (missing === undefined) throw new Error('There is one line.');

  it('keeps its place', () => {
    expect(corrected(missing, order({ quantity: '12' }))).toMatchObject({
      position: 7,
      text: 'COFFE-1 · 12',
      code: 'COFFEE-1',
      quantity: '12',
      state: 'matched',
    });
  });

  it('is asked anew with the quantity that was written', () => {
    expect(askedAnew(missing, 'COFFEE-1')).toBe('COFFEE-1\t12');
    expect(askedAnew({ ...missing, quantity: '' }, 'COFFEE-1')).toBe('COFFEE-1');
  });
});
