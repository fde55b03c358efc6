import { createFileRoute } from '@tanstack/react-router';

import { priceListsQuery } from '@/features/prices/api/queries';
import { PriceListsPage } from '@/features/prices/views/price-lists-page';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch, tableSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/price-lists/')({
  validateSearch: tableSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(priceListsQuery(deps));
    return loadWords('prices', 'validation', 'problems');
  },
  component: PriceLists,
});

function PriceLists() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <PriceListsPage
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
      onOpen={(listId) => void navigate({ to: '/app/price-lists/$listId', params: { listId } })}
    />
  );
}
