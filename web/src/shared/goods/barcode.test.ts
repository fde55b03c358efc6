import { expect, it } from 'vitest';

import { printedCode } from './barcode';

it('shows a code as it is printed', () => {
  expect(printedCode('09521000100138')).toBe('9521000100138');
  expect(printedCode('00000095210009')).toBe('95210009');
  expect(printedCode('19521000100135')).toBe('19521000100135');
  expect(printedCode('SHELF-7')).toBe('SHELF-7');
});
