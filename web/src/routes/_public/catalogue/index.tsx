import { createFileRoute } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { CategoryTiles } from '@/features/catalogue/components/category-tiles';
import { searchQuery } from '@/features/search/api/queries';
import { SearchBox } from '@/features/search/components/search-box';
import { catalogueSearch } from '@/features/search/model/search';
import { levelQuery } from '@/shared/categories/tree';
import { loadWords } from '@/shared/i18n/i18n';
import { DocumentDescription, PageBody, PageHeader } from '@/shared/ui/page';

import { GoodsPage } from '@/routes/-goods/goods-page';
import { useGoTo } from '@/app/shells/search-target';

export const Route = createFileRoute('/_public/catalogue/')({
  validateSearch: catalogueSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(searchQuery(deps));
    void context.queryClient.prefetchQuery(levelQuery(null));
    return loadWords('catalogue', 'measures', 'search', 'units');
  },
  component: Catalogue,
});

function Catalogue() {
  const { t } = useTranslation('catalogue');
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  const goTo = useGoTo();
  const isFront = Object.keys(search).length === 0;
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <PageBody>
        <PageHeader title={t('title')} text={t('text')} />
        <DocumentDescription text={t('text')} />
        <SearchBox onGo={goTo} className="md:hidden" />
        {isFront && <CategoryTiles isCompact />}
        <GoodsPage
          search={search}
          onSearch={({ category, ...next }, patch, code) =>
            void (category === undefined
              ? navigate({ search: next, replace: true, resetScroll: 'page' in patch })
              : navigate({
                  to: '/catalogue/$category',
                  params: { category: code ?? category },
                  search: next,
                }))
          }
        />
      </PageBody>
    </div>
  );
}
