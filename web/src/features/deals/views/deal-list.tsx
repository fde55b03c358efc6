import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Handshake } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Badge, StatusBadge } from '@/shared/ui/badge';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { statusWord } from '@/shared/ui/data-table/status-word';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { FilterBar } from '@/shared/ui/filter-bar';
import { Link } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { DateTime, Money, RelativeTime } from '@/shared/ui/values';

import { dealsQuery, readAllDeals } from '../api/queries';
import { DEAL_STATES, type DealListItem, type DealSearch } from '../api/types';

interface DealListProps {
  search: DealSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** The organisation's deals, as buyer and as vendor. */
export function DealList({ search, onSearch }: DealListProps): ReactNode {
  const { t } = useTranslation(['deals', 'trade', 'status']);
  const navigate = useNavigate();
  const query = useQuery(dealsQuery(search));
  return (
    <PageBody>
      <PageHeader title={t('title')} text={t('text')} />
      <DataTable
        id="deals"
        label={t('title')}
        columns={useColumns()}
        query={query}
        search={search}
        onSearch={onSearch}
        rowName={(deal) => deal.number}
        onOpen={(deal) => void navigate({ to: '/app/deals/$dealId', params: { dealId: deal.id } })}
        readAll={() => readAllDeals(search)}
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
                  { value: 'buyer', label: t('side.buyer') },
                  { value: 'vendor', label: t('side.vendor') },
                ],
              },
              {
                name: 'state',
                label: t('trade:state'),
                value: search.state,
                choices: DEAL_STATES.map((state) => ({
                  value: state,
                  label: t(`status:deal.${state}.label`),
                })),
              },
            ]}
          />
        }
        empty={<EmptyState icon={Handshake} title={t('empty')} text={t('empty_text')} />}
      />
    </PageBody>
  );
}

function useColumns(): TableColumn<DealListItem>[] {
  const { t } = useTranslation(['deals', 'trade']);
  return [
    {
      id: 'number',
      header: t('trade:number'),
      isPrimary: true,
      isSortable: true,
      cell: (deal) => (
        <span className="flex flex-col">
          <Link to="/app/deals/$dealId" params={{ dealId: deal.id }} className="self-start">
            {deal.number}
          </Link>
          <span className="text-small font-normal text-muted">{deal.title}</span>
        </span>
      ),
      text: (deal) => deal.number,
    },
    {
      id: 'state',
      header: t('trade:state'),
      isSortable: true,
      cell: (deal) => (
        <span className="inline-flex flex-wrap gap-1.5">
          <StatusBadge noun="deal" status={deal.state} />
          {waitsForUs(deal) && <Badge tone="waiting">{t('your_signature')}</Badge>}
        </span>
      ),
      text: (deal) => statusWord('deal', deal.state),
    },
    {
      id: 'counterparty',
      header: t('counterparty'),
      cell: (deal) => (
        <span className="flex flex-col">
          {(deal.side === 'buyer' ? deal.vendor : deal.buyer).name}
          <span className="text-small text-muted">
            {t(deal.side === 'buyer' ? 'trade:vendor' : 'trade:buyer')}
          </span>
        </span>
      ),
      text: (deal) => (deal.side === 'buyer' ? deal.vendor : deal.buyer).name,
    },
    {
      id: 'total',
      header: t('trade:total'),
      isNumeric: true,
      isSortable: true,
      cell: (deal) => <Money value={deal.total} />,
      text: (deal) => deal.total,
    },
    {
      id: 'updated_at',
      header: t('trade:updated'),
      isSortable: true,
      cell: (deal) => <RelativeTime value={deal.updated_at} />,
      text: (deal) => ({ at: deal.updated_at }),
    },
    {
      id: 'created_at',
      header: t('trade:created'),
      isSortable: true,
      isHiddenAtFirst: true,
      cell: (deal) => <DateTime value={deal.created_at} />,
      text: (deal) => ({ at: deal.created_at }),
    },
  ];
}

function waitsForUs(deal: DealListItem): boolean {
  return (
    deal.state === 'negotiation' && deal.signed_by.length > 0 && !deal.signed_by.includes(deal.side)
  );
}
