import { useQuery } from '@tanstack/react-query';
import { ClipboardList, LayoutGrid, SlidersHorizontal, Table2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useSearchAhead } from '@/shared/hooks/search-ahead';
import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { activeFilters, patchSearch, type SearchPatch } from '@/shared/ui/data-table/search';
import { Pagination } from '@/shared/ui/data-table/pagination';
import { FilterBar } from '@/shared/ui/filter-bar';
import { IconButton } from '@/shared/ui/icon-button';
import { Select } from '@/shared/ui/input';
import { Card, DocumentDescription, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState, Skeleton, SkeletonRows } from '@/shared/ui/states';

import { boardQuery } from '../api/queries';
import type { BoardPlace, BoardSearch } from '../api/types';
import { BoardCards } from '../components/board-cards';
import { BoardFilters } from '../components/board-filters';

// The board is public: the table and the drawer come with whoever asks for them.
const BoardTable = lazy(async () => ({
  default: (await import('../components/board-table')).BoardTable,
}));
const Drawer = lazy(async () => ({ default: (await import('@/shared/ui/dialog')).Drawer }));

interface BoardViewProps {
  search: BoardSearch;
  /** Writes the search into the address. */
  onSearch: (next: BoardSearch, patch: SearchPatch) => void;
  place: BoardPlace;
}

interface PartProps {
  search: BoardSearch;
  onSearch: (patch: SearchPatch) => void;
  place: BoardPlace;
}

/** The board of open requests: for everybody, and with what one was invited to for those who are signed in. */
export function BoardView({ place, ...asked }: BoardViewProps): ReactNode {
  const { t } = useTranslation('board');
  const [search, onSearch] = useSearchAhead(asked.search, asked.onSearch, patchSearch);
  const [isFiltering, setIsFiltering] = useState(false);
  const filters = <BoardFilters search={search} onSearch={onSearch} place={place} />;
  return (
    <PageBody>
      <PageHeader title={t('title')} text={t('text')} />
      {place === 'public' && <DocumentDescription text={t('text')} />}
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <aside aria-label={t('filters.label')} className="hidden lg:block">
          {filters}
        </aside>
        <div className="flex min-w-0 flex-col gap-4">
          <BoardToolbar search={search} onSearch={onSearch} onFilter={() => setIsFiltering(true)} />
          <BoardResults search={search} onSearch={onSearch} place={place} />
        </div>
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
    </PageBody>
  );
}

const SORTS = ['quotes_due_at', '-published_at', '-budget', 'budget'] as const;

function BoardToolbar({
  search,
  onSearch,
  onFilter,
}: Omit<PartProps, 'place'> & { onFilter: () => void }): ReactNode {
  const { t } = useTranslation('board');
  const isTable = search.view === 'table';
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterBar q={search.q} onSearch={onSearch} />
      <Button icon={SlidersHorizontal} className="lg:hidden" onClick={onFilter}>
        {t('filters.label')}
      </Button>
      {!isTable && (
        <Select
          aria-label={t('sort.label')}
          className="w-auto min-w-44"
          value={search.sort ?? SORTS[0]}
          choices={SORTS.map((sort) => ({ value: sort, label: t(`sort.${sort}`) }))}
          onChange={(event) =>
            onSearch({ sort: event.target.value === SORTS[0] ? undefined : event.target.value })
          }
        />
      )}
      <span className="hidden gap-1 sm:flex">
        <IconButton
          icon={LayoutGrid}
          label={t('view.cards')}
          aria-pressed={!isTable}
          className={isTable ? undefined : 'bg-hover text-ink'}
          onClick={() => onSearch({ view: undefined })}
        />
        <IconButton
          icon={Table2}
          label={t('view.table')}
          aria-pressed={isTable}
          className={isTable ? 'bg-hover text-ink' : undefined}
          onClick={() => onSearch({ view: 'table' })}
        />
      </span>
    </div>
  );
}

function BoardResults({ search, onSearch, place }: PartProps): ReactNode {
  const query = useQuery(boardQuery(search));
  const { data, isPlaceholderData } = query;
  const empty = <NothingOpen search={search} onSearch={onSearch} place={place} />;
  if (search.view === 'table') {
    return (
      <Suspense fallback={<SkeletonRows />}>
        <BoardTable query={query} search={search} onSearch={onSearch} place={place} empty={empty} />
      </Suspense>
    );
  }
  if (data === undefined)
    return (
      <Awaiting
        query={query}
        skeleton={
          <div className="grid gap-3 md:grid-cols-2">
            {Array.from({ length: 6 }, (_, index) => (
              <Skeleton key={index} className="h-48" />
            ))}
          </div>
        }
        isInCard
      />
    );
  if (data.items.length === 0) return <Card>{empty}</Card>;
  return (
    <div aria-busy={isPlaceholderData}>
      <BoardCards items={data.items} place={place} />
      <div className="mt-3">
        <Pagination {...data} onSearch={onSearch} />
      </div>
    </div>
  );
}

function NothingOpen({ search, onSearch }: PartProps): ReactNode {
  const { t } = useTranslation(['board', 'ui']);
  const filters = activeFilters(search).filter((name) => name !== 'view');
  if (filters.length === 0) {
    return <EmptyState icon={ClipboardList} title={t('empty')} text={t('empty_text')} />;
  }
  return (
    <EmptyState
      title={t('ui:table.nothing_matches')}
      text={t('ui:table.nothing_matches_text')}
      action={
        <Button
          onClick={() => onSearch(Object.fromEntries(filters.map((name) => [name, undefined])))}
        >
          {t('ui:table.reset_filters')}
        </Button>
      }
    />
  );
}
