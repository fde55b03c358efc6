import { createFileRoute } from '@tanstack/react-router';

import { waitingQuery } from '@/features/links/api/queries';
import { buyerSearch } from '@/features/links/model/search';
import { BuyersPage } from '@/features/links/views/buyers-page';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/links/')({
  validateSearch: buyerSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(waitingQuery({}));
    return loadWords('links', 'trade', 'status', 'validation', 'problems');
  },
  component: Buyers,
});

function Buyers() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <BuyersPage
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
