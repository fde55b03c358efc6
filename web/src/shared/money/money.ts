import type { MoneyValue } from '@/shared/api/types';
import { numberLocale } from '@/shared/i18n/formatting';

/** Currencies offered in forms, the region's first. */
export const CURRENCIES = ['KZT', 'RUB', 'USD', 'EUR', 'CNY', 'TRY', 'UZS', 'KGS'] as const;

/** Returns how many digits a currency has behind the point: 2 for KZT, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return currencyFormat(currency).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Formats money in the reader's language, for example `1 500,00 ₸`. */
export function formatMoney(money: MoneyValue): string {
  // A string keeps every digit: Intl formats decimal strings exactly, numbers only up to 2^53.
  return currencyFormat(money.currency).format(
    minorToDecimal(money.amount, minorDigits(money.currency)) as Intl.StringNumericLiteral,
  );
}

/** Formats a count or quantity in the reader's language. */
export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(numberLocale(), options).format(value);
}

/** Writes minor units as a decimal string with a point: (150000, 2) → "1500.00". */
export function minorToDecimal(amount: number, digits: number): string {
  const sign = amount < 0 ? '-' : '';
  const figures = String(Math.abs(amount)).padStart(digits + 1, '0');
  if (digits === 0) return sign + figures;
  return `${sign}${figures.slice(0, -digits)}.${figures.slice(-digits)}`;
}

/**
 * Reads what a person typed, with either decimal mark and any spaces, as minor units.
 *
 * @returns null where it is no amount, has more decimals than the currency, or is too large to be exact.
 */
export function parseMoney(text: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const compact = text.replace(/[\s\u00a0\u202f'’]/g, '');
  const match = /^(-?)(\d*)(?:[.,](\d*))?$/.exec(withoutGrouping(compact));
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return null;
  if (fraction.length > digits) return null;
  const amount = Number(`${whole}${fraction.padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(amount)) return null;
  return sign === '-' ? -amount : amount;
}

/** “1,234,567.50” and “1.234.567,50” mean the same: only the last mark can be the decimal one. */
function withoutGrouping(text: string): string {
  const marks = text.match(/[.,]/g) ?? [];
  if (marks.length < 2) return text;
  const last = marks[marks.length - 1] ?? '.';
  const isUniform = marks.every((mark) => mark === last);
  if (isUniform) return text.replace(/[.,]/g, '');
  const at = text.lastIndexOf(last);
  return text.slice(0, at).replace(/[.,]/g, '') + text.slice(at);
}

const formats = new Map<string, Intl.NumberFormat>();

function currencyFormat(currency: string): Intl.NumberFormat {
  const key = `${numberLocale()}|${currency}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.NumberFormat(numberLocale(), {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    });
    formats.set(key, found);
  }
  return found;
}
