import { useState } from 'react';

/**
 * Lets a page show a change of its search at once, while the address follows in its own time:
 * a box that is pressed is checked, and what is pressed next is added to it.
 *
 * `search` is what the address says, `onSearch` writes another search into it, and `apply` says what a change makes
 * of a search.
 */
export function useSearchAhead<Search, Patch>(
  search: Search,
  onSearch: (next: Search, patch: Patch) => void,
  apply: (search: Search, patch: Patch) => Search,
): readonly [Search, (patch: Patch) => void] {
  const [ahead, setAhead] = useState<{ of: Search; search: Search } | null>(null);
  // Once the address has changed, it is right, whatever became of the change.
  const shown = ahead?.of === search ? ahead.search : search;
  return [
    shown,
    (patch) => {
      const next = apply(shown, patch);
      setAhead({ of: search, search: next });
      onSearch(next, patch);
    },
  ];
}
