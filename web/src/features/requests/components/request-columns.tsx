import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useCategories } from '@/shared/categories/categories';
import { formatDateTime } from '@/shared/dates/format';
import { StatusBadge } from '@/shared/ui/badge';
import { statusWord } from '@/shared/ui/data-table/status-word';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { Link } from '@/shared/ui/link';
import { Countdown, DateTime, Money } from '@/shared/ui/values';

import type { RequestSummary } from '../api/types';

/** The columns of the list of requests. Ids are the names by which the API sorts. */
export function useRequestColumns(): TableColumn<RequestSummary>[] {
  const { t } = useTranslation(['requests', 'status']);
  const categories = useCategories();
  return useMemo<TableColumn<RequestSummary>[]>(
    () => [
      {
        id: 'title',
        header: t('columns.title'),
        isPrimary: true,
        isSortable: true,
        text: (row) => row.title,
        cell: (row) => (
          <span className="flex flex-col">
            <Link
              to="/app/requests/$requestId"
              params={{ requestId: row.id }}
              className="font-medium decoration-transparent hover:decoration-current"
            >
              {row.title}
            </Link>
            {row.number !== null && (
              <span className="text-small font-normal text-muted tabular">{row.number}</span>
            )}
          </span>
        ),
      },
      {
        id: 'number',
        header: t('columns.number'),
        isSortable: true,
        isHiddenAtFirst: true,
        text: (row) => row.number,
        cell: (row) => <span className="whitespace-nowrap tabular">{row.number ?? '—'}</span>,
      },
      {
        id: 'state',
        header: t('columns.state'),
        isSortable: true,
        text: (row) => statusWord('request', row.state),
        cell: (row) => <StatusBadge noun="request" status={row.state} />,
      },
      {
        id: 'quotes',
        header: t('columns.quotes'),
        isNumeric: true,
        text: (row) => row.quotes_count,
        cell: (row) => row.quotes_count,
      },
      {
        id: 'questions',
        header: t('columns.questions'),
        isNumeric: true,
        text: (row) => row.questions_waiting,
        cell: (row) =>
          row.questions_waiting === 0 ? (
            '0'
          ) : (
            <span className="font-semibold text-waiting">{row.questions_waiting}</span>
          ),
      },
      {
        id: 'budget',
        header: t('columns.budget'),
        isNumeric: true,
        isSortable: true,
        text: (row) => row.budget,
        cell: (row) => <Money value={row.budget} />,
      },
      {
        id: 'quotes_due_at',
        header: t('columns.due'),
        isSortable: true,
        text: (row) => ({ at: row.quotes_due_at }),
        cell: (row) =>
          row.state === 'published' && row.quotes_due_at !== null ? (
            <Countdown deadline={row.quotes_due_at} />
          ) : (
            <DateTime value={row.quotes_due_at} isDay />
          ),
      },
      {
        id: 'category',
        header: t('columns.category'),
        isHiddenAtFirst: true,
        text: (row) => categories.label(row.category),
        cell: (row) => categories.label(row.category),
      },
      {
        id: 'lines',
        header: t('columns.lines'),
        isNumeric: true,
        isHiddenAtFirst: true,
        text: (row) => row.lines_count,
        cell: (row) => row.lines_count,
      },
      {
        id: 'visibility',
        header: t('columns.visibility'),
        isHiddenAtFirst: true,
        text: (row) => t(`visibility.${row.visibility}`),
        cell: (row) => t(`visibility.${row.visibility}`),
      },
      {
        id: 'author',
        header: t('columns.author'),
        isHiddenAtFirst: true,
        text: (row) => row.created_by_name,
        cell: (row) => row.created_by_name,
      },
      {
        id: 'created_at',
        header: t('columns.created'),
        isSortable: true,
        isHiddenAtFirst: true,
        text: (row) => formatDateTime(row.created_at),
        cell: (row) => <DateTime value={row.created_at} />,
      },
      {
        id: 'published_at',
        header: t('columns.published'),
        isSortable: true,
        isHiddenAtFirst: true,
        text: (row) => (row.published_at === null ? null : formatDateTime(row.published_at)),
        cell: (row) => <DateTime value={row.published_at} />,
      },
    ],
    [t, categories],
  );
}
