const DIGITS = 3;
const SCALE = 10 ** DIGITS;
/** What the server takes at most. */
export const QUANTITY_MAX = 999_999_999;

/** How goods are sold: in multiples of the pack, and not less than the minimum, as the server writes quantities. */
export interface Packing {
  pack_size: string | number;
  minimum_order: string | number;
}

/** A decimal string as thousandths, with either decimal mark; null where it is no quantity. */
export function toThousandths(text: string): number | null {
  const match = /^(\d{1,9})(?:[.,](\d{1,3}))?$/.exec(text.replace(/[\s\u00a0\u202f]/g, ''));
  if (match === null) return null;
  return Number(match[1]) * SCALE + Number((match[2] ?? '').padEnd(DIGITS, '0'));
}

/** Thousandths as a decimal string without zeros that say nothing. */
export function fromThousandths(thousandths: number): string {
  const whole = Math.floor(thousandths / SCALE);
  const rest = String(thousandths % SCALE)
    .padStart(DIGITS, '0')
    .replace(/0+$/, '');
  return rest === '' ? String(whole) : `${String(whole)}.${rest}`;
}

function limitsOf({ pack_size, minimum_order }: Packing): { pack: number; least: number } {
  // What the server writes is a quantity; a pack of nothing would never end.
  const pack = Math.max(toThousandths(String(pack_size)) ?? SCALE, 1);
  const minimum = toThousandths(String(minimum_order)) ?? 0;
  return { pack, least: Math.max(Math.ceil(minimum / pack), 1) * pack };
}

/** The smallest quantity that can be ordered. */
export function smallestOrder(packing: Packing): string {
  return fromThousandths(limitsOf(packing).least);
}

/** The nearest orderable quantity above (1) or below (-1) what is written; never less than the smallest. */
export function stepped(text: string, direction: 1 | -1, packing: Packing): string {
  const { pack, least } = limitsOf(packing);
  const now = toThousandths(text) ?? least;
  const packs =
    direction === 1 ? Math.floor(now / pack) + 1 : Math.max(Math.ceil(now / pack) - 1, 0);
  const next = Math.min(Math.max(packs * pack, least), QUANTITY_MAX * SCALE);
  return fromThousandths(next);
}

/** What is wrong with a quantity as it is written; null where it can be ordered. */
export function quantityProblem(
  text: string,
  packing: Packing,
): 'unreadable' | 'minimum' | 'pack' | null {
  const now = toThousandths(text);
  if (now === null) return 'unreadable';
  const { pack, least } = limitsOf(packing);
  if (now < least) return 'minimum';
  return now % pack === 0 ? null : 'pack';
}
