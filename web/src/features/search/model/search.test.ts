import { describe, expect, it } from 'vitest';

import { patchCatalogue, searchParameters, toggled } from './search';

describe('search of the catalogue', () => {
  it('starts at the first page and corrects again when the words change', () => {
    const search = { q: 'rjat', literal: true, page: 3, attributes: ['tone:red'] };
    expect(patchCatalogue(search, { q: 'чай' })).toEqual({ q: 'чай', attributes: ['tone:red'] });
    expect(patchCatalogue(search, { page: 4 })).toEqual({ ...search, page: 4 });
    expect(patchCatalogue(search, { attributes: [] })).toEqual({ q: 'rjat', literal: true });
  });

  it('adds a value or takes it away', () => {
    expect(toggled(undefined, 'a')).toEqual(['a']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });

  it('asks for prices only in a currency', () => {
    expect(searchParameters({ q: 'tea', price_min: 100 })).toEqual({ q: 'tea' });
    expect(searchParameters({ currency: 'KZT', price_min: 100, category: 'c' })).toEqual({
      currency: 'KZT',
      price_min: 100,
      category_id: 'c',
    });
  });
});
