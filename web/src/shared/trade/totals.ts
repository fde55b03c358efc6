import type { MoneyValue } from '@/shared/api/types';

/** A line as it is typed: decimals with either mark, the price without tax. */
export interface PricedLine {
  quantity: string;
  unit_price: MoneyValue | null;
  /** Per cent. */
  tax_rate: string;
}

export interface TaxGroup {
  /** Per cent, without trailing zeros. */
  rate: string;
  taxable: MoneyValue;
  tax: MoneyValue;
}

export interface OfferTotals {
  net: MoneyValue;
  groups: TaxGroup[];
  total: MoneyValue;
}

interface Decimal {
  digits: bigint;
  /** Digits behind the point. */
  scale: number;
}

/** Reads a decimal that is not negative, with either decimal mark; null where it is none. */
export function parseDecimal(text: string): Decimal | null {
  const compact = text.replace(/[\s\u00a0\u202f]/g, '');
  const match = /^(\d+)(?:[.,](\d*))?$/.exec(compact);
  if (match === null) return null;
  const [, whole = '', fraction = ''] = match;
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

/** Writes a typed decimal as the API wants it: with a point, without spaces. */
export function plainDecimal(text: string): string {
  return text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
}

/** Divides by a power of ten, half up. */
function rounded(value: bigint, scale: number): bigint {
  if (scale === 0) return value;
  const divisor = 10n ** BigInt(scale);
  return (value * 2n + divisor) / (divisor * 2n);
}

/** Quantity × price, rounded half up to the minor unit; null while one of them is missing. */
export function lineNet(line: PricedLine): bigint | null {
  const quantity = parseDecimal(line.quantity);
  if (quantity === null || line.unit_price === null) return null;
  return rounded(quantity.digits * BigInt(line.unit_price.amount), quantity.scale);
}

/**
 * Adds an offer up as the server does: one rounding a line, one a tax rate, half up (EN 16931 BR-CO-17).
 *
 * A delivery charge counts as one more line at the highest rate of the goods. Lines that are not complete are
 * left out; the server's figures are the ones that count.
 */
export function offerTotals(
  lines: readonly PricedLine[],
  currency: string,
  delivery: MoneyValue | null = null,
): OfferTotals {
  const groups = new Map<number, { rate: Decimal; taxable: bigint }>();
  const add = (rate: Decimal, amount: bigint): void => {
    const key = rateNumber(rate);
    groups.set(key, { rate, taxable: (groups.get(key)?.taxable ?? 0n) + amount });
  };
  let highest: Decimal = { digits: 0n, scale: 0 };
  for (const line of lines) {
    const net = lineNet(line);
    const rate = parseDecimal(line.tax_rate === '' ? '0' : line.tax_rate);
    if (net === null || rate === null) continue;
    if (rateNumber(rate) > rateNumber(highest)) highest = rate;
    add(rate, net);
  }
  if (delivery !== null && delivery.amount > 0) add(highest, BigInt(delivery.amount));
  const money = (amount: bigint): MoneyValue => ({ amount: Number(amount), currency });
  let net = 0n;
  let tax = 0n;
  const views = [...groups].map(([key, { rate, taxable }]) => {
    const due = rounded(taxable * rate.digits, rate.scale + 2);
    net += taxable;
    tax += due;
    return { rate: String(key), taxable: money(taxable), tax: money(due) };
  });
  return { net: money(net), groups: views, total: money(net + tax) };
}

function rateNumber({ digits, scale }: Decimal): number {
  return Number(digits) / 10 ** scale;
}
