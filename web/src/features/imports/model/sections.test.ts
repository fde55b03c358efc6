import { describe, expect, it } from 'vitest';

import { chosenCategories, listed } from './sections';

describe('sections of an import', () => {
  it('puts those without a category first and counts rows that say nothing', () => {
    const known = { path: 'Coffee', rows: 9, match: 'c1' };
    const unknown = { path: 'Our tea', rows: 2, match: null };
    expect(listed([known, { path: '', rows: 4, match: null }, unknown])).toEqual({
      sections: [unknown, known],
      homeless: 4,
    });
    expect(listed([])).toEqual({ sections: [], homeless: 0 });
  });

  it('reads what was chosen before', () => {
    expect(chosenCategories({ categories: { Tea: 'c2', Odd: 3 } })).toEqual({ Tea: 'c2' });
    expect(chosenCategories({})).toEqual({});
  });
});
