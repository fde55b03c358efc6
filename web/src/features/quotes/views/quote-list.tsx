import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FileText } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { Badge, StatusBadge } from '@/shared/ui/badge';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { statusWord } from '@/shared/ui/data-table/status-word';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { FilterBar } from '@/shared/ui/filter-bar';
import { ButtonLink, Link } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { DateTime, Money, RelativeTime } from '@/shared/ui/values';

import { quotesQuery, readAllQuotes } from '../api/queries';
import { QUOTE_STATES, type QuoteSearch, type QuoteSummary } from '../api/types';

interface QuoteListProps {
  search: QuoteSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** The quotes that the organisation gave and got. */
export function QuoteList({ search, onSearch }: QuoteListProps): ReactNode {
  const { t } = useTranslation(['quotes', 'trade', 'status']);
  const navigate = useNavigate();
  const can = useCan();
  const query = useQuery(quotesQuery(search));
  return (
    <PageBody>
      <PageHeader title={t('title')} text={t('text')} />
      <DataTable
        id="quotes"
        label={t('title')}
        columns={useColumns()}
        query={query}
        search={search}
        onSearch={onSearch}
        rowName={(quote) => quote.number}
        onOpen={(quote) =>
          void navigate({ to: '/app/quotes/$quoteId', params: { quoteId: quote.id } })
        }
        readAll={() => readAllQuotes(search)}
        filters={
          <FilterBar
            q={search.q}
            onSearch={onSearch}
            filters={[
              {
                name: 'side',
                label: t('side.label'),
                value: search.side,
                choices: [
                  { value: 'vendor', label: t('side.vendor') },
                  { value: 'buyer', label: t('side.buyer') },
                ],
              },
              {
                name: 'state',
                label: t('trade:state'),
                value: search.state,
                choices: QUOTE_STATES.map((state) => ({
                  value: state,
                  label: t(`status:quote.${state}.label`),
                })),
              },
            ]}
          />
        }
        empty={
          <EmptyState
            icon={FileText}
            title={t('empty')}
            text={t('empty_text')}
            action={
              can('quotes:submit') && (
                <ButtonLink to="/app/board" variant="primary">
                  {t('to_board')}
                </ButtonLink>
              )
            }
          />
        }
      />
    </PageBody>
  );
}

function useColumns(): TableColumn<QuoteSummary>[] {
  const { t } = useTranslation(['quotes', 'trade']);
  return [
    {
      id: 'number',
      header: t('trade:number'),
      isPrimary: true,
      isSortable: true,
      cell: (quote) => (
        <span className="flex flex-col">
          <Link to="/app/quotes/$quoteId" params={{ quoteId: quote.id }} className="self-start">
            {quote.number}
          </Link>
          <span className="text-small font-normal text-muted">{quote.request.title}</span>
        </span>
      ),
      text: (quote) => quote.number,
    },
    {
      id: 'request',
      header: t('columns.request'),
      isHiddenAtFirst: true,
      cell: (quote) => quote.request.number,
      text: (quote) => quote.request.title,
    },
    {
      id: 'state',
      header: t('trade:state'),
      isSortable: true,
      cell: (quote) => (
        <span className="inline-flex flex-wrap gap-1.5">
          <StatusBadge noun="quote" status={quote.state} />
          {quote.needs_reconfirm && <Badge tone="waiting">{t('needs_reconfirm')}</Badge>}
        </span>
      ),
      text: (quote) => statusWord('quote', quote.state),
    },
    {
      id: 'vendor',
      header: t('trade:vendor'),
      cell: (quote) => quote.vendor.name,
      text: (quote) => quote.vendor.name,
    },
    {
      id: 'buyer',
      header: t('trade:buyer'),
      cell: (quote) => quote.request.organisation.name,
      text: (quote) => quote.request.organisation.name,
    },
    {
      id: 'total',
      header: t('trade:total'),
      isNumeric: true,
      isSortable: true,
      cell: (quote) => (quote.total === null ? t('sealed') : <Money value={quote.total} />),
      text: (quote) => quote.total,
    },
    {
      id: 'valid_until',
      header: t('trade:valid_until'),
      isSortable: true,
      cell: (quote) => <DateTime value={quote.valid_until} isDay />,
      text: (quote) => ({ at: quote.valid_until }),
    },
    {
      id: 'updated_at',
      header: t('trade:updated'),
      isSortable: true,
      isHiddenAtFirst: true,
      cell: (quote) => <RelativeTime value={quote.updated_at} />,
      text: (quote) => ({ at: quote.updated_at }),
    },
  ];
}
