import { createFileRoute } from '@tanstack/react-router';

import { directoryQuery } from '@/features/links/api/queries';
import { supplierSearch } from '@/features/links/model/search';
import { SuppliersPage } from '@/features/links/views/suppliers-page';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/suppliers/')({
  validateSearch: supplierSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    if (deps.tab !== 'mine') void context.queryClient.prefetchQuery(directoryQuery(deps));
    return loadWords('links', 'trade', 'status', 'validation', 'problems');
  },
  component: Suppliers,
});

function Suppliers() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <SuppliersPage
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
