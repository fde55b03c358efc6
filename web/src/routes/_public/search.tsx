import { createFileRoute } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { searchQuery } from '@/features/search/api/queries';
import { SearchBox } from '@/features/search/components/search-box';
import { catalogueSearch } from '@/features/search/model/search';
import { loadWords } from '@/shared/i18n/i18n';
import { DocumentDescription, PageBody, PageHeader } from '@/shared/ui/page';

import { GoodsPage } from '@/routes/-goods/goods-page';
import { useGoTo } from '@/app/shells/search-target';

export const Route = createFileRoute('/_public/search')({
  validateSearch: catalogueSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(searchQuery(deps));
    return loadWords('catalogue', 'measures', 'search', 'units');
  },
  component: Search,
});

function Search() {
  const { t } = useTranslation('catalogue');
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  const goTo = useGoTo();
  const words = search.q ?? '';
  const title = words === '' ? t('search_title') : t('search_for', { words });
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <PageBody>
        <PageHeader
          title={title}
          documentTitle={words === '' ? title : `${t('search_title')}: ${words}`}
        />
        <DocumentDescription text={t('search_text')} />
        <SearchBox value={words} onGo={goTo} className="md:hidden" />
        <GoodsPage
          search={search}
          onSearch={(next, patch) =>
            void navigate({ search: next, replace: true, resetScroll: 'page' in patch })
          }
        />
      </PageBody>
    </div>
  );
}
