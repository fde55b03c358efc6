import type { MoneyValue } from '@/shared/api/types';

import { decimal } from './values';

const SCALE = 1_000_000n;

/**
 * The sum of target price × quantity over the lines that have both, each rounded half up to a minor unit.
 *
 * @returns null where no line has a price.
 */
export function linesTotal(
  lines: readonly { quantity: string; target_price: MoneyValue | null }[],
  currency: string,
): MoneyValue | null {
  let total = 0n;
  let isKnown = false;
  for (const { quantity, target_price: price } of lines) {
    const millionths = toMillionths(quantity);
    if (price === null || millionths === null) continue;
    isKnown = true;
    total += (BigInt(price.amount) * millionths + SCALE / 2n) / SCALE;
  }
  return isKnown ? { amount: Number(total), currency } : null;
}

function toMillionths(text: string): bigint | null {
  const match = /^(\d+)(?:\.(\d{1,6}))?$/.exec(decimal(text));
  if (match === null) return null;
  const [, whole = '0', fraction = ''] = match;
  return BigInt(whole) * SCALE + BigInt(fraction.padEnd(6, '0'));
}
