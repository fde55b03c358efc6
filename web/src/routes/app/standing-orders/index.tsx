import { createFileRoute } from '@tanstack/react-router';

import { standingOrdersQuery } from '@/features/orders/api/queries';
import { StandingList } from '@/features/orders/views/standing-list';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch, tableSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/standing-orders/')({
  validateSearch: tableSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(standingOrdersQuery(deps));
    return loadWords('orders', 'trade', 'problems');
  },
  component: StandingOrders,
});

function StandingOrders() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <StandingList
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
