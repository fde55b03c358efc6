import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { SearchBox } from '@/features/search/components/search-box';

import { useGoTo } from './search-target';

/** The search box above every public page; on the results it holds what was searched for. */
export function HeaderSearch(): ReactNode {
  const goTo = useGoTo();
  const search: { q?: unknown } = useSearch({ strict: false });
  return <SearchBox value={typeof search.q === 'string' ? search.q : ''} onGo={goTo} />;
}
