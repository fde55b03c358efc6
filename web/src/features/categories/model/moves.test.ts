import { expect, it } from 'vitest';

import { isWithin, placeOfDrop, placeOfKey, type TreeRow } from './moves';

const ROWS: TreeRow[] = [
  { id: 'a', parentId: null },
  { id: 'a1', parentId: 'a' },
  { id: 'a2', parentId: 'a' },
  { id: 'a2x', parentId: 'a2' },
  { id: 'a3', parentId: 'a' },
  { id: 'b', parentId: null },
];

it('counts the place among the others', () => {
  expect(placeOfDrop(ROWS, 'a1', 'a3', 'after')).toEqual({ parent_id: 'a', position: 2 });
  expect(placeOfDrop(ROWS, 'a1', 'a3', 'before')).toEqual({ parent_id: 'a', position: 1 });
  expect(placeOfDrop(ROWS, 'a3', 'a1', 'before')).toEqual({ parent_id: 'a', position: 0 });
  expect(placeOfDrop(ROWS, 'a2', 'b', 'into')).toEqual({ parent_id: 'b', position: null });
  expect(placeOfDrop(ROWS, 'a2', 'b', 'before')).toEqual({ parent_id: null, position: 1 });
});

it('drops nothing into itself or below itself', () => {
  expect(placeOfDrop(ROWS, 'a', 'a', 'into')).toBeNull();
  expect(placeOfDrop(ROWS, 'a', 'a2x', 'after')).toBeNull();
  expect(isWithin(ROWS, 'a2x', 'a')).toBe(true);
  expect(isWithin(ROWS, 'b', 'a')).toBe(false);
});

it('moves by keys', () => {
  expect(placeOfKey(ROWS, 'a2', 'ArrowUp')).toEqual({ parent_id: 'a', position: 0 });
  expect(placeOfKey(ROWS, 'a2', 'ArrowDown')).toEqual({ parent_id: 'a', position: 2 });
  expect(placeOfKey(ROWS, 'a2', 'ArrowRight')).toEqual({ parent_id: 'a1', position: null });
  expect(placeOfKey(ROWS, 'a2', 'ArrowLeft')).toEqual({ parent_id: null, position: 1 });
  expect(placeOfKey(ROWS, 'a1', 'ArrowUp')).toBeNull();
  expect(placeOfKey(ROWS, 'b', 'ArrowDown')).toBeNull();
  expect(placeOfKey(ROWS, 'a', 'ArrowLeft')).toBeNull();
});
