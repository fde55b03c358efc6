import { expect, it } from 'vitest';

import { chosenFacets } from './chosen';

const FACETS = {
  suppliers: { capped: false, items: [{ id: 's1', name: 'Steppe', count: 3, chosen: true }] },
  attributes: [
    {
      code: 'tone',
      names: { en: 'Tone', ru: 'Тон' },
      kind: 'choice',
      unit: null,
      capped: false,
      values: [{ value: 'red', names: { en: 'Red', ru: 'Красный' }, count: 1, chosen: true }],
    },
  ],
};

it('names what is chosen and knows how to take it away', () => {
  const search = { q: 'tea', suppliers: ['s1', 's2'], attributes: ['tone:red', 'size:10:20'] };
  const found = chosenFacets(search, FACETS, (names) => names.ru ?? '');
  expect(found.map((one) => one.label)).toEqual(['Steppe', '…', 'Тон: Красный', 'size: 10:20']);
  expect(found[0]?.patch).toEqual({ suppliers: ['s2'] });
  expect(found[3]?.patch).toEqual({ attributes: ['tone:red'] });
});
