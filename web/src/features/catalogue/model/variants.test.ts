import { describe, expect, it } from 'vitest';

import { valuesOf, withValue } from './variants';

const made = (id: string, size: string, colour: string, available = '1') => ({
  id,
  options: { size, colour },
  available,
});
const SHIRTS = [
  made('s-red', 'S', 'red'),
  made('m-red', 'M', 'red', '0'),
  made('m-blue', 'M', 'blue'),
];
const [small, , blue] = SHIRTS;

describe('variants', () => {
  it('tells which values go with what is chosen', () => {
    expect(valuesOf({ name: 'size', values: ['S', 'M', 'L'] }, SHIRTS, small)).toEqual([
      { value: 'S', isChosen: true, isOffered: true, isAvailable: true },
      { value: 'M', isChosen: false, isOffered: true, isAvailable: false },
    ]);
    expect(valuesOf({ name: 'size', values: ['S', 'M'] }, SHIRTS, blue)[0]).toEqual({
      value: 'S',
      isChosen: false,
      isOffered: false,
      isAvailable: false,
    });
  });

  it('keeps the other options, and else takes what is nearest and can be had', () => {
    expect(withValue(SHIRTS, small, 'size', 'M')?.id).toBe('m-red');
    expect(withValue(SHIRTS, blue, 'size', 'S')?.id).toBe('s-red');
    expect(withValue(SHIRTS, undefined, 'size', 'M')?.id).toBe('m-blue');
    expect(withValue(SHIRTS, small, 'size', 'XL')).toBeUndefined();
  });
});
