import type { MoneyValue } from '@/shared/api/types';
import { utcToLocalInput } from '@/shared/dates/format';
import { minorDigits, minorToDecimal } from '@/shared/money/money';

import type { CellValue, TableColumn } from './types';

const BYTE_ORDER_MARK = '\uFEFF';
/** A cell that begins like this would be run as a formula by a spreadsheet; some trim it and fold full-width signs. */
const FORMULA_START = /^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** How the reader's spreadsheet parts cells and writes decimals, and what it calls a currency. */
export interface SpreadsheetWords {
  separator: ',' | ';';
  currency: string;
}

/**
 * Writes rows as CSV (RFC 4180) that spreadsheets open correctly: with a byte order mark for Cyrillic, amounts and dates
 * as such, and text that looks like a formula defused by an apostrophe.
 */
export function toCsv<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  words: SpreadsheetWords,
): string {
  const { separator } = words;
  // Where a semicolon parts the cells, the comma is the decimal mark: “12.05” would be the twelfth of May.
  const mark = separator === ';' ? ',' : '.';
  const lines: string[][] = [[], ...rows.map(() => [])];
  for (const column of columns) {
    if (column.text === undefined) continue;
    const values = rows.map(column.text);
    lines[0]?.push(escapeCell(column.header, separator));
    values.forEach((value, at) => lines[at + 1]?.push(writtenCell(value, separator, mark)));
    if (!values.some(isMoney)) continue;
    lines[0]?.push(escapeCell(words.currency, separator));
    values.forEach((value, at) => lines[at + 1]?.push(isMoney(value) ? value.currency : ''));
  }
  return BYTE_ORDER_MARK + lines.map((cells) => cells.join(separator)).join('\r\n') + '\r\n';
}

function isMoney(value: CellValue): value is MoneyValue {
  return typeof value === 'object' && value !== null && 'currency' in value;
}

function writtenCell(value: CellValue, separator: string, mark: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return escapeCell(value, separator);
  if (typeof value === 'number') return withMark(String(value), separator, mark);
  if (isMoney(value)) {
    return withMark(minorToDecimal(value.amount, minorDigits(value.currency)), separator, mark);
  }
  const at = value.at ?? '';
  // In this order every spreadsheet reads a date, whatever its language; a moment is of the reader's own clock.
  return /^\d{4}-\d{2}-\d{2}$/.test(at) ? at : utcToLocalInput(at).replace('T', ' ');
}

function withMark(decimal: string, separator: string, mark: string): string {
  const written = decimal.replace('.', mark);
  return written.includes(separator) ? `"${written}"` : written;
}

function escapeCell(value: string, separator: string): string {
  const text = FORMULA_START.test(value) ? `'${value}` : value;
  const needsQuotes = text.includes(separator) || /["\r\n]/.test(text);
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Hands a text to the browser as a file. */
export function downloadText(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
