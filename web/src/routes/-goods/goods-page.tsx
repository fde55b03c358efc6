import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import type { GoodsSearch } from '@/features/catalogue/api/types';
import { CatalogueView } from '@/features/catalogue/views/catalogue-view';
import { searchQuery } from '@/features/search/api/queries';
import { FacetList } from '@/features/search/components/facet-list';
import {
  type CataloguePatch,
  type CatalogueSearch,
  patchCatalogue,
} from '@/features/search/model/search';
import { useSearchAhead } from '@/shared/hooks/search-ahead';

interface GoodsPageProps {
  search: CatalogueSearch;
  /** Writes the search into the address; another category comes with its code, where it has one. */
  onSearch: (next: CatalogueSearch, patch: CataloguePatch, categoryCode?: string) => void;
  fixed?: readonly (keyof GoodsSearch)[];
}

/** Goods that are found, with the facets of the search. */
export function GoodsPage({ search: asked, onSearch, fixed }: GoodsPageProps): ReactNode {
  const [search, change] = useSearchAhead(
    asked,
    (next, patch) => onSearch(next, patch, found.find((one) => one.id === patch.category)?.code),
    patchCatalogue,
  );
  const query = useQuery(searchQuery(search));
  const found = query.data?.facets.categories.items ?? [];
  return (
    <CatalogueView
      query={query}
      search={search}
      onSearch={change}
      facets={({ facets }) => (
        <FacetList
          facets={
            fixed?.includes('suppliers') === true
              ? { ...facets, suppliers: { ...facets.suppliers, items: [] } }
              : facets
          }
          search={search}
          onSearch={change}
        />
      )}
      {...(fixed === undefined ? {} : { fixed })}
    />
  );
}
