/** A code as it is printed under its bars: GTINs are kept with fourteen digits, shorter ones filled with noughts. */
export function printedCode(code: string): string {
  if (!/^0\d{13}$/.test(code)) return code;
  return code.startsWith('000000') ? code.slice(6) : code.slice(1);
}
