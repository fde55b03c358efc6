import { expect, it } from 'vitest';

import { changesOf, valueText } from './changes';

it('pairs what was with what is, also where one of them is missing', () => {
  expect(
    changesOf({ state: 'draft', note: 'old' }, { state: 'published', number: 'RFQ-1' }),
  ).toEqual([
    { field: 'state', before: 'draft', after: 'published' },
    { field: 'note', before: 'old', after: undefined },
    { field: 'number', before: undefined, after: 'RFQ-1' },
  ]);
});

it('shows absent values as a dash and keeps zero and false', () => {
  expect([null, undefined, '', 0, false].map(valueText)).toEqual(['—', '—', '—', '0', 'false']);
  expect(valueText({ role: 'buyer' })).toBe('{\n  "role": "buyer"\n}');
});
