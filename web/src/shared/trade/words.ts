import { formatQuantity } from '@/shared/units/units';

/** Writes a rate or another decimal in the reader's language, without trailing zeros. */
export function formatRate(rate: string | number): string {
  return formatQuantity(String(rate));
}

/** A day of the reader's calendar as `YYYY-MM-DD`. */
export function localDay(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
