import type { ModerationItem } from '../api/queries';

export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

const isChange = (value: unknown): value is { before?: unknown; after?: unknown } =>
  typeof value === 'object' && value !== null && ('before' in value || 'after' in value);

/** Returns what a change request changes, field by field. */
export function fieldChanges(changes: ModerationItem['changes']): FieldChange[] {
  return Object.entries(changes).flatMap(([field, change]) =>
    isChange(change) ? [{ field, before: change.before, after: change.after }] : [],
  );
}

/** Writes a value of a field for people to compare: texts by language in lines, lists by their length. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? '—' : `× ${String(value.length)}`;
  return Object.entries(value)
    .map(([key, inner]) => `${key}: ${valueText(inner)}`)
    .join('\n');
}
