import type { CategoryCode } from '@/shared/categories/categories';

import type { BoardSearch } from '../api/types';

/** Returns the chosen categories. */
export function chosenCategories(search: Pick<BoardSearch, 'category'>): string[] {
  return (search.category ?? '').split(',').filter((code) => code !== '');
}

/** Adds or takes away one category; undefined where none is left. */
export function toggleCategory(
  search: Pick<BoardSearch, 'category'>,
  code: string,
): string | undefined {
  const chosen = chosenCategories(search);
  const next = chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code];
  return next.length === 0 ? undefined : next.join(',');
}

/** Turns what the URL keeps into what the API filters by; a budget without its currency is left out. */
export function boardFilters(search: BoardSearch, now: Date) {
  const { q, country, currency, budget_min: least, budget_max: most, due, invited } = search;
  const categories = chosenCategories(search) as CategoryCode[];
  return {
    ...(q === undefined ? {} : { q }),
    ...(categories.length === 0 ? {} : { category: categories }),
    ...(country === undefined ? {} : { country }),
    ...(currency === undefined ? {} : { currency }),
    ...(currency === undefined || least === undefined ? {} : { budget_min: least }),
    ...(currency === undefined || most === undefined ? {} : { budget_max: most }),
    ...(due === undefined ? {} : { due_before: endOfDay(now, Number(due)) }),
    ...(invited === true ? { invited } : {}),
  };
}

/** The end of the day some days from now, so that the same search stays the same question all day. */
function endOfDay(now: Date, days: number): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days + 1).toISOString();
}
