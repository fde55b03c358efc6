import { expect, it } from 'vitest';

import { fieldChanges, valueText } from './changes';

it('shows what was and what is to be', () => {
  const changes = fieldChanges({
    names: { before: { en: 'Tea' }, after: { en: 'Green tea', ru: 'Зелёный чай' } },
    odd: 'left out',
  });
  expect(changes).toEqual([
    { field: 'names', before: { en: 'Tea' }, after: { en: 'Green tea', ru: 'Зелёный чай' } },
  ]);
  expect(valueText(changes[0]?.after)).toBe('en: Green tea\nru: Зелёный чай');
});

it('writes every kind of value', () => {
  expect([null, '', [], 3, true, [1, 2]].map(valueText)).toEqual([
    '—',
    '—',
    '—',
    '3',
    'true',
    '× 2',
  ]);
});
