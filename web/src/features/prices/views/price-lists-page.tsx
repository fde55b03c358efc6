import { useQuery } from '@tanstack/react-query';
import { Plus, Tags } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';
import { useCan } from '@/shared/session/session';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch, TableSearch } from '@/shared/ui/data-table/search';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { DateTime } from '@/shared/ui/values';

import { priceListsQuery, type PriceListView } from '../api/queries';
import { ListDialog } from '../forms/list-dialog';

interface PriceListsPageProps {
  search: TableSearch;
  onSearch: (patch: SearchPatch) => void;
  onOpen: (listId: string) => void;
}

/** The organisation's price lists, in the order in which they go. */
export function PriceListsPage({ search, onSearch, onOpen }: PriceListsPageProps): ReactNode {
  const { t } = useTranslation('prices');
  const canEdit = useCan()('prices:write');
  const query = useQuery(priceListsQuery(search));
  const [isNew, setIsNew] = useState(false);
  const create = canEdit && (
    <Button variant="primary" icon={Plus} onClick={() => setIsNew(true)}>
      {t('new')}
    </Button>
  );
  return (
    <PageBody>
      <PageHeader title={t('title')} text={t('text')} actions={create} />
      <DataTable
        id="price-lists"
        label={t('title')}
        columns={useColumns()}
        query={query}
        search={search}
        onSearch={onSearch}
        rowName={(row) => row.name}
        onOpen={(row) => onOpen(row.id)}
        empty={<EmptyState icon={Tags} title={t('empty')} text={t('empty_text')} action={create} />}
      />
      {isNew && <ListDialog onClose={() => setIsNew(false)} onCreated={onOpen} />}
    </PageBody>
  );
}

function useColumns(): TableColumn<PriceListView>[] {
  const { t } = useTranslation('prices');
  const namesOf = (row: PriceListView): string =>
    row.assignments
      .map((one) => (one.kind === 'everybody' ? t('kinds.everybody') : one.target_name))
      .join(', ');
  return [
    {
      id: 'name',
      header: t('name'),
      isPrimary: true,
      isSortable: true,
      text: (row) => row.name,
      cell: (row) => <span className="font-medium">{row.name}</span>,
    },
    {
      id: 'holds',
      header: t('holds'),
      text: (row) => t(row.holds ? 'holds' : 'rests'),
      cell: (row) => (
        <Badge tone={row.holds ? 'done' : 'draft'}>{t(row.holds ? 'holds' : 'rests')}</Badge>
      ),
    },
    {
      id: 'for',
      header: t('for'),
      text: namesOf,
      cell: (row) => <span className="line-clamp-2 text-small">{namesOf(row) || t('nobody')}</span>,
    },
    {
      id: 'products',
      header: t('products'),
      isNumeric: true,
      text: (row) => row.products_count,
      cell: (row) => formatNumber(row.products_count),
    },
    {
      id: 'priority',
      header: t('priority'),
      isNumeric: true,
      isSortable: true,
      text: (row) => row.priority,
      cell: (row) => formatNumber(row.priority),
    },
    {
      id: 'currency',
      header: t('currency'),
      text: (row) => row.currency,
      cell: (row) => row.currency,
    },
    {
      id: 'valid_to',
      header: t('valid_to'),
      text: (row) => ({ at: row.valid_to }),
      cell: (row) => <DateTime value={row.valid_to} />,
    },
  ];
}
