import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import type { GoodsSearch } from '@/features/catalogue/api/types';
import { CatalogueView } from '@/features/catalogue/views/catalogue-view';
import { searchQuery } from '@/features/search/api/queries';
import { FacetList } from '@/features/search/components/facet-list';
import type { CataloguePatch, CatalogueSearch } from '@/features/search/model/search';

interface GoodsPageProps {
  search: CatalogueSearch;
  /** `category` comes with its code, where it has one, for a readable address. */
  onSearch: (patch: CataloguePatch, categoryCode?: string) => void;
  fixed?: readonly (keyof GoodsSearch)[];
}

/** Goods that are found, with the facets of the search. */
export function GoodsPage({ search, onSearch, fixed }: GoodsPageProps): ReactNode {
  const query = useQuery(searchQuery(search));
  const found = query.data?.facets.categories.items ?? [];
  const change = (patch: CataloguePatch): void =>
    onSearch(patch, found.find((one) => one.id === patch.category)?.code);
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
