import { describe, expect, it } from 'vitest';

import { quantityProblem, smallestOrder, stepped, toThousandths } from './quantity';

describe('quantities of an order', () => {
  const boxes = { pack_size: '6', minimum_order: '10' };

  it('starts at the first whole pack that reaches the minimum', () => {
    expect(smallestOrder(boxes)).toBe('12');
    expect(smallestOrder({ pack_size: '0.5', minimum_order: '0.2' })).toBe('0.5');
    expect(smallestOrder({ pack_size: '2.5', minimum_order: '0' })).toBe('2.5');
  });

  it('steps from pack to pack, and onto a pack from between', () => {
    expect(stepped('12', 1, boxes)).toBe('18');
    expect(stepped('13', 1, boxes)).toBe('18');
    expect(stepped('20', -1, boxes)).toBe('18');
    expect(stepped('12', -1, boxes)).toBe('12');
    expect(stepped('none', 1, boxes)).toBe('18');
    expect(stepped('0.1', 1, { pack_size: '0.1', minimum_order: '0' })).toBe('0.2');
  });

  it('says what is wrong', () => {
    expect(quantityProblem('12', boxes)).toBeNull();
    expect(quantityProblem('6', boxes)).toBe('minimum');
    expect(quantityProblem('13', boxes)).toBe('pack');
    expect(quantityProblem('a dozen', boxes)).toBe('unreadable');
    expect(quantityProblem('0.3', { pack_size: '0.1', minimum_order: '0.1' })).toBeNull();
  });

  it('reads either decimal mark and spaces', () => {
    expect(toThousandths('1 250,5')).toBe(1_250_500);
    expect(toThousandths('1.2345')).toBeNull();
  });
});
