import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { StatusBadge } from '@/shared/ui/badge';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch, TableSearch } from '@/shared/ui/data-table/search';
import { statusWord } from '@/shared/ui/data-table/status-word';
import type { ListQuery, TableColumn } from '@/shared/ui/data-table/types';
import { FilterBar } from '@/shared/ui/filter-bar';
import { Link } from '@/shared/ui/link';
import { Money, RelativeTime } from '@/shared/ui/values';

import { LINK_STATES, type LinkListItem, type LinkState } from '../api/types';
import { placeOf } from './partner-place';

interface LinkTableProps {
  id: string;
  label: string;
  query: ListQuery<LinkListItem>;
  search: TableSearch & { state?: LinkState | undefined };
  onSearch: (patch: SearchPatch) => void;
  readAll: () => Promise<LinkListItem[]>;
  /** States to choose from; all by default. */
  states?: readonly LinkState[];
  empty: ReactNode;
}

/** Links as a table: the partner, where the link stands, and what is agreed. */
export function LinkTable({
  id,
  label,
  query,
  search,
  onSearch,
  readAll,
  states = LINK_STATES,
  empty,
}: LinkTableProps): ReactNode {
  const { t } = useTranslation(['links', 'trade', 'status']);
  const navigate = useNavigate();
  const { page, size, sort, q, state } = search;
  return (
    <DataTable
      id={id}
      label={label}
      columns={useColumns()}
      query={query}
      search={{ page, size, sort, q, ...(state === undefined ? {} : { state }) }}
      onSearch={onSearch}
      rowName={(link) => partnerOf(link).name}
      onOpen={(link) => void navigate({ to: '/app/links/$linkId', params: { linkId: link.id } })}
      readAll={readAll}
      filters={
        <FilterBar
          q={q}
          onSearch={onSearch}
          filters={[
            {
              name: 'state',
              label: t('trade:state'),
              value: state,
              choices: states.map((one) => ({
                value: one,
                label: t(`status:link.${one}.label`),
              })),
            },
          ]}
        />
      }
      empty={empty}
    />
  );
}

function partnerOf(link: LinkListItem): LinkListItem['supplier'] {
  return link.side === 'supplier' ? link.consumer : link.supplier;
}

function useColumns(): TableColumn<LinkListItem>[] {
  const { t } = useTranslation(['links', 'trade']);
  const days = (count: number | null | undefined): string =>
    count === null || count === undefined ? '—' : t('trade:days', { count });
  return [
    {
      id: 'partner',
      header: t('partner'),
      isPrimary: true,
      cell: (link) => (
        <span className="flex flex-col">
          <Link to="/app/links/$linkId" params={{ linkId: link.id }} className="self-start">
            {partnerOf(link).name}
          </Link>
          <span className="text-small font-normal text-muted">{placeOf(partnerOf(link))}</span>
        </span>
      ),
      text: (link) => partnerOf(link).name,
    },
    {
      id: 'state',
      header: t('trade:state'),
      isSortable: true,
      cell: (link) => <StatusBadge noun="link" status={link.state} />,
      text: (link) => statusWord('link', link.state),
    },
    {
      id: 'credit_limit',
      header: t('terms.credit_limit'),
      isNumeric: true,
      cell: (link) => <Money value={link.terms?.credit_limit} />,
      text: (link) => link.terms?.credit_limit,
    },
    {
      id: 'payment_days',
      header: t('terms.payment_days'),
      isNumeric: true,
      cell: (link) => days(link.terms?.payment_days),
      text: (link) => link.terms?.payment_days,
    },
    {
      id: 'representative',
      header: t('terms.representative_name'),
      cell: (link) => link.terms?.representative_name ?? '—',
      text: (link) => link.terms?.representative_name,
    },
    {
      id: 'created_at',
      header: t('trade:created'),
      isSortable: true,
      cell: (link) => <RelativeTime value={link.created_at} />,
      text: (link) => ({ at: link.created_at }),
    },
  ];
}
