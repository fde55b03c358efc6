import type { TermsView } from '../api/types';

interface Change {
  /** As the API names fields; a line is named by its own name, or by the requested line that it answers. */
  field: string;
  before: unknown;
  after: unknown;
}

const FIELDS = [
  'delivery_terms',
  'delivery_place',
  'delivery_date',
  'lead_time_days',
  'payment_terms',
  'payment_days',
  'warranty',
  'penalties',
  'notes',
  'valid_until',
  'total',
] as const;
const LINE_FIELDS = ['name', 'quantity', 'unit', 'unit_price', 'tax_rate'] as const;

type Line = TermsView['lines'][number];

/** Returns what differs between two versions of the terms of a deal. */
export function termChanges(before: TermsView, after: TermsView): Change[] {
  const changes: Change[] = FIELDS.filter((field) => !same(before[field], after[field])).map(
    (field) => ({ field, before: before[field], after: after[field] }),
  );
  const old = keyed(before.lines);
  const fresh = keyed(after.lines);
  for (const key of new Set([...old.keys(), ...fresh.keys()])) {
    const was = old.get(key);
    const is = fresh.get(key);
    if (was === undefined || is === undefined) {
      changes.push({ field: `lines/${key}`, before: was ?? null, after: is ?? null });
      continue;
    }
    for (const field of LINE_FIELDS) {
      if (!same(was[field], is[field]))
        changes.push({ field: `lines/${key}/${field}`, before: was[field], after: is[field] });
    }
  }
  return changes;
}

/** Returns what a line of `termChanges` is called. */
export function termLineName(versions: readonly TermsView[], key: string): string {
  for (const { lines } of versions) {
    const line = keyed(lines).get(key);
    if (line !== undefined) return line.name;
  }
  return '…';
}

/** Lines by what stays the same about them; the second of two equal ones is a line of its own. */
function keyed(lines: readonly Line[]): Map<string, Line> {
  const found = new Map<string, Line>();
  for (const line of lines) {
    const base = line.request_line_id ?? line.name.replaceAll('/', '∕');
    let key = base;
    for (let copy = 2; found.has(key); copy += 1) key = `${base} (${String(copy)})`;
    found.set(key, line);
  }
  return found;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
