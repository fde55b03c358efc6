import type { UseQueryResult } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { currentLanguage } from '@/shared/i18n/i18n';
import { nameIn } from '@/shared/i18n/names';
import { formatMoney, formatNumber } from '@/shared/money/money';
import { Button } from '@/shared/ui/button';
import { Select } from '@/shared/ui/input';
import { Skeleton } from '@/shared/ui/states';

import { type GoodsPatch, type GoodsSearch, type SearchPage, type Sort, SORTS } from '../api/types';
import { ChosenFilters, type ChosenFilter } from '../components/chosen-filters';
import { PriceRange } from '../components/price-range';
import { Results } from '../components/results';
import { chosenFacets } from '../model/chosen';
import { type Goods, goodsFound } from '../model/goods';

// What opens the filters on a phone comes with whoever opens them.
const Drawer = lazy(async () => ({ default: (await import('@/shared/ui/dialog')).Drawer }));

interface CatalogueViewProps {
  query: UseQueryResult<SearchPage>;
  search: GoodsSearch;
  onSearch: (patch: GoodsPatch) => void;
  /** Categories, stock, suppliers and attributes of what was found. */
  facets: (found: SearchPage) => ReactNode;
  /** Narrowings that belong to the page itself, and are not taken away. */
  fixed?: readonly (keyof GoodsSearch)[];
  corner?: (goods: Goods) => ReactNode;
}

/** Goods with what they can be narrowed by. */
export function CatalogueView(props: CatalogueViewProps): ReactNode {
  const { t } = useTranslation('catalogue');
  const { query, search, onSearch, facets, fixed = [], corner } = props;
  const [isFiltering, setIsFiltering] = useState(false);
  const { data } = query;
  const chosen = useChosen(props);
  const clear = (): void =>
    onSearch(
      without(['suppliers', 'attributes', 'currency', 'price_min', 'price_max', 'in_stock'], fixed),
    );
  const filters =
    data === undefined ? (
      <FiltersSkeleton />
    ) : (
      <div className="flex flex-col gap-6">
        {facets(data)}
        <PriceRange prices={data.facets.prices.items} search={search} onSearch={onSearch} />
      </div>
    );
  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-[15rem_minmax(0,1fr)] lg:gap-8">
      <aside aria-label={t('filters.label')} className="hidden lg:block">
        {filters}
      </aside>
      <div className="flex min-w-0 flex-col gap-4">
        <Toolbar
          found={data}
          search={search}
          onSearch={onSearch}
          onFilter={() => setIsFiltering(true)}
          chosenCount={chosen.length}
        />
        <ChosenFilters filters={chosen} onClear={clear} />
        {data !== undefined && search.q !== undefined && (
          <Understood found={data} words={search.q} onSearch={onSearch} />
        )}
        <Results
          found={data && { ...data, items: data.items.map(goodsFound) }}
          error={query.error}
          onRetry={() => void query.refetch()}
          isStale={query.isPlaceholderData}
          words={search.q}
          isNarrowed={chosen.length > 0}
          onClear={clear}
          onSearch={onSearch}
          {...(corner === undefined ? {} : { corner })}
        />
      </div>
      {isFiltering && (
        <Suspense>
          <Drawer
            isOpen
            onClose={() => setIsFiltering(false)}
            title={t('filters.label')}
            footer={
              <Button variant="primary" onClick={() => setIsFiltering(false)}>
                {t('filters.show')}
              </Button>
            }
          >
            {filters}
          </Drawer>
        </Suspense>
      )}
    </div>
  );
}

function without(names: (keyof GoodsSearch)[], fixed: readonly (keyof GoodsSearch)[]): GoodsPatch {
  return Object.fromEntries(
    names.filter((name) => !fixed.includes(name)).map((name) => [name, undefined]),
  );
}

/** What the list is narrowed to, in words. The category is told by the way to it. */
function useChosen({
  query,
  search,
  onSearch,
  fixed = [],
}: CatalogueViewProps): readonly ChosenFilter[] {
  const { t } = useTranslation('catalogue');
  const language = currentLanguage();
  const shown = { ...search, ...without([...fixed], []) };
  const filters = chosenFacets(shown, query.data?.facets, (names) => nameIn(names, language)).map(
    ({ key, label, patch }) => ({ key, label, onRemove: () => onSearch(patch) }),
  );
  if (search.in_stock === true) {
    filters.unshift({
      key: 'in_stock',
      label: t('filters.in_stock'),
      onRemove: () => onSearch({ in_stock: undefined }),
    });
  }
  const { currency, price_min: min, price_max: max } = search;
  if (currency !== undefined && (min !== undefined || max !== undefined)) {
    const money = (amount = 0): string => formatMoney({ amount, currency });
    const bounds = { from: money(min), to: money(max) };
    filters.unshift({
      key: 'price',
      label:
        max === undefined
          ? t('filters.price_from', bounds)
          : min === undefined
            ? t('filters.price_to', bounds)
            : t('filters.price_range', bounds),
      onRemove: () => onSearch({ currency: undefined, price_min: undefined, price_max: undefined }),
    });
  }
  return filters;
}

interface ToolbarProps {
  found: SearchPage | undefined;
  search: GoodsSearch;
  onSearch: (patch: GoodsPatch) => void;
  onFilter: () => void;
  chosenCount: number;
}

function Toolbar({ found, search, onSearch, onFilter, chosenCount }: ToolbarProps): ReactNode {
  const { t } = useTranslation('catalogue');
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <div aria-live="polite" className="text-body text-muted tabular">
        {found === undefined ? (
          <Skeleton className="h-5 w-28" />
        ) : (
          t(found.total_is_capped ? 'results_capped' : 'results', {
            count: found.total,
            shown: formatNumber(found.total),
          })
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button icon={SlidersHorizontal} className="lg:hidden" onClick={onFilter}>
          {t('filters.label')}
          {chosenCount > 0 && ` (${String(chosenCount)})`}
        </Button>
        <Select
          aria-label={t('sort.label')}
          className="w-auto min-w-44"
          value={search.sort ?? SORTS[0]}
          choices={SORTS.map((sort) => ({ value: sort, label: t(`sort.${sort}`) }))}
          onChange={(event) => {
            const next = event.target.value as Sort;
            onSearch({ sort: next === SORTS[0] ? undefined : next });
          }}
        />
      </div>
    </div>
  );
}

/** How the words were taken, where that is not how they were typed. */
function Understood({
  found,
  words,
  onSearch,
}: {
  found: SearchPage;
  words: string;
  onSearch: (patch: GoodsPatch) => void;
}): ReactNode {
  const { t } = useTranslation('catalogue');
  const { corrected, relaxed } = found.query;
  if (found.total === 0 || (corrected === null && !relaxed)) return null;
  return (
    <p role="status" className="rounded-base bg-open-soft px-4 py-2.5 text-body text-open">
      {corrected !== null && (
        <>
          {t('corrected', { words: corrected })}{' '}
          <button
            type="button"
            className="rounded-base font-medium underline underline-offset-3"
            onClick={() => onSearch({ literal: true })}
          >
            {t('literal', { words })}
          </button>{' '}
        </>
      )}
      {relaxed && t('relaxed')}
    </p>
  );
}

function FiltersSkeleton(): ReactNode {
  return (
    <div className="flex flex-col gap-3">
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} className="h-5" />
      ))}
    </div>
  );
}
