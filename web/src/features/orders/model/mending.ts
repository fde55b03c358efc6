import type { CartProduct, ParsedLine, ParsedOrder } from '../api/types';

/** A line of a quick order as somebody mends it. */
export interface MendedLine {
  position: number;
  text: string;
  code: string;
  state: ParsedLine['state'];
  product: CartProduct | null;
  candidates: readonly CartProduct[];
  quantity: string;
  /** What is to be thought of while the product and the quantity are those that were read. */
  warnings: ParsedLine['warnings'];
}

/** The lines as the server has read them, ready to be mended. */
export function mendable(parsed: ParsedOrder): MendedLine[] {
  return parsed.lines.map(
    ({ position, text, code, state, product, candidates, quantity, warnings }) => ({
      position,
      text,
      code,
      state,
      product,
      candidates,
      quantity: quantity ?? '',
      warnings,
    }),
  );
}

/** What is asked anew for a line whose code was corrected. */
export function askedAnew(line: MendedLine, code: string): string {
  return line.quantity === '' ? code : `${code}\t${line.quantity}`;
}

/** A line as its corrected code was read, at its own place among the others. */
export function corrected(line: MendedLine, parsed: ParsedOrder): MendedLine {
  const [found] = mendable(parsed);
  return found === undefined ? line : { ...found, position: line.position, text: line.text };
}

/** What can be put into the cart: every line with a product and a quantity. */
export function ready(lines: readonly MendedLine[]): { product_id: string; quantity: string }[] {
  return lines.flatMap(({ product, quantity }) =>
    product === null || !(Number(quantity) > 0) ? [] : [{ product_id: product.id, quantity }],
  );
}
