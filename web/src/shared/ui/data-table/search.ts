import * as z from 'zod/mini';

export const PAGE_SIZES = [20, 50, 100] as const;
export const PAGE_SIZE_DEFAULT = 20;

/**
 * The part of a URL's search that every list has. Extend it with the list's filters in the route:
 * `validateSearch: z.extend(tableSearch, { status: z.catch(z.optional(z.string()), undefined) })`.
 * A value that cannot be is left out instead of breaking the page.
 */
export const tableSearch = z.object({
  page: z.catch(z.optional(z.int().check(z.positive())), undefined),
  size: z.catch(z.optional(z.int().check(z.minimum(1), z.maximum(100))), undefined),
  sort: z.catch(z.optional(z.string().check(z.regex(/^-?[a-z_]+(,-?[a-z_]+)*$/))), undefined),
  q: z.catch(z.optional(z.string()), undefined),
});

export type TableSearch = z.infer<typeof tableSearch>;

/** A change of the search: undefined takes a value away. */
export type SearchPatch = Record<string, string | number | boolean | undefined>;

/** Applies a change: whoever filters or sorts anew starts at the first page, and empty values leave the URL. */
export function patchSearch<Search extends TableSearch>(
  search: Search,
  patch: SearchPatch,
): Search {
  const startsAnew = !('page' in patch);
  const merged: Record<string, unknown> = {
    ...search,
    ...(startsAnew ? { page: undefined } : {}),
    ...patch,
  };
  const kept = Object.entries(merged).filter(
    ([, value]) => value !== undefined && value !== '' && value !== false,
  );
  return Object.fromEntries(kept) as Search;
}

/** Returns the names of filters that are set, paging and sorting aside. */
export function activeFilters(search: TableSearch): string[] {
  return Object.entries(search)
    .filter(
      ([name, value]) =>
        !['page', 'size', 'sort'].includes(name) && value !== undefined && value !== '',
    )
    .map(([name]) => name);
}

export interface SortState {
  id: string;
  desc: boolean;
}

/** Reads `-created_at,price` as columns with directions. */
export function parseSort(sort: string | undefined): SortState[] {
  if (sort === undefined || sort === '') return [];
  return sort
    .split(',')
    .map((part) => ({ id: part.replace(/^-/, ''), desc: part.startsWith('-') }));
}

/** Writes columns with directions as the API wants them; undefined where nothing is sorted. */
export function formatSort(sorting: readonly SortState[]): string | undefined {
  if (sorting.length === 0) return undefined;
  return sorting.map(({ id, desc }) => (desc ? `-${id}` : id)).join(',');
}
