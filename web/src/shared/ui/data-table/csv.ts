import type { TableColumn } from './types';

const BYTE_ORDER_MARK = '\uFEFF';
/** A cell that begins like this would be run as a formula by a spreadsheet. */
const FORMULA_START = /^[=+\-@\t\r]/;

/**
 * Writes rows as CSV (RFC 4180) that spreadsheets open correctly: with a byte order mark for Cyrillic,
 * and with text that looks like a formula defused by an apostrophe.
 *
 * @param separator the list separator of the reader's language: a comma, or a semicolon where commas are decimal.
 */
export function toCsv<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  separator: ',' | ';',
): string {
  const exported = columns.filter((column) => column.text !== undefined);
  const lines = [
    exported.map((column) => escapeCell(column.header, separator)),
    ...rows.map((row) => exported.map((column) => escapeCell(column.text?.(row), separator))),
  ];
  return BYTE_ORDER_MARK + lines.map((cells) => cells.join(separator)).join('\r\n') + '\r\n';
}

function escapeCell(value: string | number | null | undefined, separator: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
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
