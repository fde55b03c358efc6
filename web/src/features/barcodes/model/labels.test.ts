import { describe, expect, it } from 'vitest';

import { FIRST_OPTIONS, countLabels, labelsBody, withProduct } from './labels';

const kettle = { id: 'k', name: 'Kettle', sku: 'K-1' };
const cup = { id: 'c', name: 'Cup', sku: 'C-1' };

describe('labels', () => {
  it('counts a scan of the same thing as one more copy', () => {
    const lines = [kettle, cup, kettle].reduce(withProduct, []);
    expect(lines.map(({ product, copies }) => [product.id, copies])).toEqual([
      ['k', 2],
      ['c', 1],
    ]);
  });

  it('counts sheets from the place of the first label', () => {
    const lines = [{ product: kettle, copies: 24 }];
    expect(countLabels(lines, { sheet: 'a4-3x8', start: 1 })).toEqual({ labels: 24, pages: 1 });
    expect(countLabels(lines, { sheet: 'a4-3x8', start: 2 })).toEqual({ labels: 24, pages: 2 });
    expect(countLabels(lines, { sheet: 'roll-58x40', start: 9 })).toEqual({
      labels: 24,
      pages: 24,
    });
    expect(countLabels([], { sheet: 'a4-3x8', start: 5 })).toEqual({ labels: 0, pages: 0 });
  });

  it('never asks for a place that a sheet does not have', () => {
    const options = { ...FIRST_OPTIONS, sheet: 'a4-2x7' as const, start: 60 };
    expect(labelsBody([{ product: cup, copies: 2 }], options)).toEqual({
      items: [{ product_id: 'c', copies: 2 }],
      sheet: 'a4-2x7',
      start_position: 14,
      kind: 'auto',
      price: 'gross',
      show_name: true,
      show_sku: true,
    });
  });
});
