import { createFileRoute } from '@tanstack/react-router';

import { synonymsQuery } from '@/features/search/api/queries';
import { SynonymsPage } from '@/features/search/views/synonyms-page';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch, tableSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/admin/synonyms')({
  validateSearch: tableSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(synonymsQuery(deps));
    return loadWords('search');
  },
  component: Synonyms,
});

function Synonyms() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <SynonymsPage
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
