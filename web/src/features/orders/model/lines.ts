import type { OrderLineView } from '../api/types';

const SCALE = 1000;

/** What of a line has not left yet, exactly: quantities carry three decimals at most. */
export function leftOf(
  line: Pick<OrderLineView, 'confirmed_quantity' | 'shipped_quantity'>,
): string {
  const confirmed = Math.round(Number(line.confirmed_quantity) * SCALE);
  const shipped = Math.round(Number(line.shipped_quantity) * SCALE);
  return String((confirmed - shipped) / SCALE);
}
