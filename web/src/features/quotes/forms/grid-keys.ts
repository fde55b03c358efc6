import type { KeyboardEvent } from 'react';

/** Where a control stands in the grid of lines, as its cell's `data-cell="row/column"` says. */
interface Place {
  row: number;
  column: string;
}

/** Returns the place of the control that an event came from; null for one outside of the grid's cells. */
export function placeOf(target: EventTarget): Place | null {
  if (!(target instanceof Element)) return null;
  const [row, column] = (target.closest('[data-cell]')?.getAttribute('data-cell') ?? '').split('/');
  return row === undefined || column === undefined ? null : { row: Number(row), column };
}

/**
 * Moves between the lines of a grid as in a spreadsheet: Enter and the arrows keep to their column, past cells
 * that take nothing.
 */
export function moveInGrid(event: KeyboardEvent<HTMLElement>): void {
  const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp';
  const isControl = event.target instanceof HTMLInputElement;
  if (!isControl || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!isArrow && event.key !== 'Enter') return;
  const place = placeOf(event.target);
  if (place === null) return;
  event.preventDefault();
  const step = event.key === 'ArrowUp' || (event.key === 'Enter' && event.shiftKey) ? -1 : 1;
  for (let row = place.row + step; ; row += step) {
    const cell = event.currentTarget.querySelector(`[data-cell="${String(row)}/${place.column}"]`);
    if (cell === null) return;
    const input = cell.querySelector<HTMLInputElement>('input:not(:disabled)');
    if (input === null) continue;
    input.focus();
    input.select();
    return;
  }
}

/** Reads a column copied from a spreadsheet; null where the text is a single value. */
export function pastedColumn(text: string): string[] | null {
  const rows = text.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);
  return rows.length < 2 ? null : rows.map((row) => (row.split('\t')[0] ?? '').trim());
}
