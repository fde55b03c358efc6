/** A row of the tree as it is shown, from top to bottom. */
export interface TreeRow {
  id: string;
  parentId: string | null;
}

/** Where a branch goes: its new parent, and its place among the others there; the last one where that is null. */
export interface Place {
  parent_id: string | null;
  position: number | null;
}

export type Drop = 'before' | 'into' | 'after';

const childrenOf = (rows: readonly TreeRow[], parentId: string | null): string[] =>
  rows.filter((row) => row.parentId === parentId).map((row) => row.id);

/** Whether `id` is `ancestorId` or lies below it, as far as the rows tell. */
export function isWithin(rows: readonly TreeRow[], id: string, ancestorId: string): boolean {
  let at: string | null = id;
  while (at !== null) {
    if (at === ancestorId) return true;
    const current: string = at;
    at = rows.find((row) => row.id === current)?.parentId ?? null;
  }
  return false;
}

/** Returns where a branch goes that is dropped on a row, or null where it cannot. */
export function placeOfDrop(
  rows: readonly TreeRow[],
  movedId: string,
  targetId: string,
  drop: Drop,
): Place | null {
  const target = rows.find((row) => row.id === targetId);
  if (target === undefined || isWithin(rows, targetId, movedId)) return null;
  if (drop === 'into') return { parent_id: targetId, position: null };
  const others = childrenOf(rows, target.parentId).filter((id) => id !== movedId);
  const position = others.indexOf(targetId) + (drop === 'after' ? 1 : 0);
  return { parent_id: target.parentId, position };
}

/** Returns where Alt with an arrow takes a branch: among its siblings, out of its parent, or into the one above it. */
export function placeOfKey(rows: readonly TreeRow[], id: string, key: string): Place | null {
  const row = rows.find((one) => one.id === id);
  if (row === undefined) return null;
  const siblings = childrenOf(rows, row.parentId);
  const index = siblings.indexOf(id);
  const above = siblings[index - 1];
  if (key === 'ArrowUp' && index > 0) return { parent_id: row.parentId, position: index - 1 };
  if (key === 'ArrowDown' && index < siblings.length - 1)
    return { parent_id: row.parentId, position: index + 1 };
  if (key === 'ArrowRight' && above !== undefined) return { parent_id: above, position: null };
  if (key === 'ArrowLeft' && row.parentId !== null) {
    const parent = rows.find((one) => one.id === row.parentId);
    if (parent === undefined) return null;
    const uncles = childrenOf(rows, parent.parentId);
    return { parent_id: parent.parentId, position: uncles.indexOf(parent.id) + 1 };
  }
  return null;
}
