import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { Breadcrumbs } from '@/features/catalogue/components/breadcrumbs';
import { SearchBox } from '@/features/search/components/search-box';
import { catalogueSearch } from '@/features/search/model/search';
import { categoryQuery, useCategoryNames } from '@/shared/categories/tree';
import { loadWords } from '@/shared/i18n/i18n';
import { Awaiting } from '@/shared/ui/awaiting';
import { DocumentDescription, PageBody, PageHeader } from '@/shared/ui/page';
import { PageSkeleton } from '@/shared/ui/states';

import { GoodsPage } from '@/routes/-goods/goods-page';
import { useGoTo } from '@/app/shells/search-target';

export const Route = createFileRoute('/_public/catalogue/$category')({
  validateSearch: catalogueSearch,
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(categoryQuery(params.category));
    return loadWords('catalogue', 'measures', 'search', 'units');
  },
  component: Category,
});

function Category() {
  const { t } = useTranslation('catalogue');
  const { category: code } = Route.useParams();
  const own = Route.useSearch();
  const navigate = Route.useNavigate();
  const goTo = useGoTo();
  const names = useCategoryNames();
  const query = useQuery(categoryQuery(code));
  const { data } = query;
  if (data === undefined) {
    return (
      <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
        <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />
      </div>
    );
  }
  const search = { ...own, category: data.id };
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <PageBody>
        <div className="flex flex-col gap-1">
          <Breadcrumbs path={data.path} />
          <PageHeader title={names.of(data)} />
        </div>
        <DocumentDescription text={`${names.path(data.path)}. ${t('text')}`} />
        <SearchBox onGo={goTo} className="md:hidden" />
        <GoodsPage
          search={search}
          onSearch={({ category, ...next }, patch, found) => {
            if (category === data.id) {
              void navigate({ search: next, replace: true, resetScroll: 'page' in patch });
            } else if (category === undefined) {
              void navigate({ to: '/catalogue', search: next });
            } else {
              void navigate({
                to: '/catalogue/$category',
                params: { category: found ?? category },
                search: next,
              });
            }
          }}
        />
      </PageBody>
    </div>
  );
}
