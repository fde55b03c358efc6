import type { RevisionView } from '../api/types';

type Change = RevisionView['changes'][number];

/** A change of an amendment, told apart by what a person should read about it. */
export type ReadChange =
  | { kind: 'line_added' | 'line_removed'; name: string }
  | { kind: 'line'; line: string; field: string; before: unknown; after: unknown }
  | { kind: 'files' | 'order' }
  | { kind: 'field'; field: string; before: unknown; after: unknown };

/**
 * Reads the changes of a revision: `lines/<id>/quantity` names a line by its id, `lines/<id>` alone is a line that
 * came or went.
 *
 * @param nameOf what a line is called now, for changes that do not say it.
 */
export function readChange(change: Change, nameOf: (lineId: string) => string): ReadChange {
  const [noun, lineId, field] = change.field.split('/');
  if (noun === 'attachments' || noun === 'attachment_ids') return { kind: 'files' };
  if (noun !== 'lines') {
    return { kind: 'field', field: change.field, before: change.before, after: change.after };
  }
  if (lineId === undefined) return { kind: 'order' };
  if (field !== undefined) {
    return {
      kind: 'line',
      line: nameOf(lineId),
      field,
      before: change.before,
      after: change.after,
    };
  }
  return isPresent(change.before)
    ? { kind: 'line_removed', name: nameIn(change.before) }
    : { kind: 'line_added', name: nameIn(change.after) };
}

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function nameIn(line: unknown): string {
  const name = typeof line === 'object' && line !== null && 'name' in line ? line.name : '';
  return typeof name === 'string' ? name : '';
}
