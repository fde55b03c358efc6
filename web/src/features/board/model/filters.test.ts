import { expect, it } from 'vitest';

import { boardFilters, toggleCategory } from './filters';

const NOW = new Date(2026, 2, 10, 15, 30);

it('asks the API for what the URL says', () => {
  const search = { q: 'steel', category: 'construction,food', country: 'KZ', due: '7' as const };
  expect(boardFilters(search, NOW)).toEqual({
    q: 'steel',
    category: ['construction', 'food'],
    country: 'KZ',
    due_before: new Date(2026, 2, 18).toISOString(),
  });
});

it('leaves a budget out while nobody knows its currency', () => {
  expect(boardFilters({ budget_min: 100, invited: false }, NOW)).toEqual({});
  expect(
    boardFilters({ budget_min: 100, budget_max: 0, currency: 'USD', invited: true }, NOW),
  ).toEqual({
    currency: 'USD',
    budget_min: 100,
    budget_max: 0,
    invited: true,
  });
});

it('adds and takes away a category', () => {
  expect(toggleCategory({}, 'food')).toBe('food');
  expect(toggleCategory({ category: 'food' }, 'office')).toBe('food,office');
  expect(toggleCategory({ category: 'food' }, 'food')).toBeUndefined();
});
