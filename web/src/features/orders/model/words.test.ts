import { expect, test } from 'vitest';

import { parseQuantity } from './words';

test('quantities are read as people type them', () => {
  expect(parseQuantity(' 1 200,5 ')).toBe('1200.5');
  expect(parseQuantity('12')).toBe('12');
  for (const wrong of ['', '0', '-1', 'a', '1.2345', '1,2,3']) {
    expect(parseQuantity(wrong)).toBeNull();
  }
});
