import { createFileRoute } from '@tanstack/react-router';

import { templatesQuery } from '@/features/templates/api/queries';
import { TemplateList } from '@/features/templates/views/template-list';
import { categoriesQuery } from '@/shared/categories/categories';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch, tableSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/templates/')({
  validateSearch: tableSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(templatesQuery(deps));
    void context.queryClient.prefetchQuery(categoriesQuery);
    return loadWords('templates', 'validation');
  },
  component: Templates,
});

function Templates() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <TemplateList
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
      onUsed={(requestId) =>
        void navigate({ to: '/app/requests/$requestId/edit', params: { requestId } })
      }
    />
  );
}
