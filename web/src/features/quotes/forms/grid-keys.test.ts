import { expect, it } from 'vitest';

import { pastedColumn } from './grid-keys';

it('reads a copied column, and leaves a single value to the field', () => {
  expect(pastedColumn('100\r\n200,50\r\n')).toEqual(['100', '200,50']);
  expect(pastedColumn('100\tx\n\n300')).toEqual(['100', '', '300']);
  expect(pastedColumn('100')).toBeNull();
  expect(pastedColumn('100\n')).toBeNull();
});
