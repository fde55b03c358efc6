import { createFileRoute } from '@tanstack/react-router';

import { categoriesSearch } from '@/features/categories/model/search';
import { CategoryDesk } from '@/features/categories/views/category-desk';
import { levelQuery } from '@/shared/categories/tree';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/admin/categories')({
  validateSearch: categoriesSearch,
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(levelQuery(null));
    return loadWords('categories', 'measures');
  },
  component: Categories,
});

function Categories() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <CategoryDesk
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => ({ ...current, ...patch }), replace: true })
      }
    />
  );
}
