import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCategories } from '@/shared/categories/categories';
import { formatNumber } from '@/shared/money/money';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import type { ListQuery, TableColumn } from '@/shared/ui/data-table/types';
import { Countdown, DateTime, Money } from '@/shared/ui/values';

import type { BoardItem, BoardPlace, BoardSearch } from '../api/types';
import { RequestMarks } from './board-cards';
import { RequestLink } from './request-link';

interface BoardTableProps {
  query: ListQuery<BoardItem>;
  search: BoardSearch;
  onSearch: (patch: SearchPatch) => void;
  place: BoardPlace;
  empty: ReactNode;
}

/** Open requests as rows, for people who read many of them. */
export function BoardTable({ query, search, onSearch, place, empty }: BoardTableProps): ReactNode {
  const { t } = useTranslation(['board', 'trade']);
  const categories = useCategories();
  const navigate = useNavigate();
  const columns: TableColumn<BoardItem>[] = [
    {
      id: 'title',
      header: t('columns.title'),
      isPrimary: true,
      cell: (item) => (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <RequestLink requestId={item.id} place={place}>
            {item.title}
          </RequestLink>
          <RequestMarks item={item} />
        </span>
      ),
      text: (item) => item.title,
    },
    {
      id: 'organisation',
      header: t('trade:buyer'),
      cell: (item) => item.organisation.name,
      text: (item) => item.organisation.name,
    },
    {
      id: 'category',
      header: t('columns.category'),
      cell: (item) => categories.label(item.category),
      text: (item) => categories.label(item.category),
    },
    {
      id: 'lines_count',
      header: t('columns.lines'),
      isNumeric: true,
      cell: (item) => formatNumber(item.lines_count),
      text: (item) => item.lines_count,
    },
    {
      id: 'budget',
      header: t('columns.budget'),
      isNumeric: true,
      isSortable: true,
      cell: (item) => <Money value={item.budget} />,
      text: (item) => item.budget,
    },
    {
      id: 'quotes_due_at',
      header: t('columns.due'),
      isSortable: true,
      cell: (item) => <Countdown deadline={item.quotes_due_at} />,
      text: (item) => ({ at: item.quotes_due_at }),
    },
    {
      id: 'published_at',
      header: t('columns.published'),
      isSortable: true,
      isHiddenAtFirst: true,
      cell: (item) => <DateTime value={item.published_at} />,
      text: (item) => ({ at: item.published_at }),
    },
  ];
  return (
    <DataTable
      id={`board-${place}`}
      label={t('title')}
      columns={columns}
      query={query}
      search={search}
      onSearch={onSearch}
      rowName={(item) => item.title}
      onOpen={(item) =>
        void navigate({
          to: place === 'public' ? '/requests/$requestId' : '/app/board/$requestId',
          params: { requestId: item.id },
        })
      }
      empty={empty}
    />
  );
}
