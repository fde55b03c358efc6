import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CalendarClock, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { StatusBadge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch, TableSearch } from '@/shared/ui/data-table/search';
import { statusWord } from '@/shared/ui/data-table/status-word';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { Link } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { DateTime } from '@/shared/ui/values';

import { standingOrdersQuery } from '../api/queries';
import type { StandingView } from '../api/types';
import { Outcome, Rhythm } from '../components/standing-words';
import { StandingDialog } from '../forms/standing-dialog';
import { TemplateList } from './template-list';

interface StandingListProps {
  search: TableSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** Orders that place themselves, and the templates that they are made of. */
export function StandingList({ search, onSearch }: StandingListProps): ReactNode {
  const { t } = useTranslation('orders');
  const navigate = useNavigate();
  const can = useCan();
  const [isNew, setIsNew] = useState(false);
  const create = can('orders:place') && (
    <Button variant="primary" icon={Plus} onClick={() => setIsNew(true)}>
      {t('standing.new')}
    </Button>
  );
  return (
    <PageBody>
      <PageHeader title={t('standing.title')} text={t('standing.text')} actions={create} />
      <DataTable
        id="standing-orders"
        label={t('standing.title')}
        columns={useColumns()}
        query={useQuery(standingOrdersQuery(search))}
        search={search}
        onSearch={onSearch}
        rowName={(standing) => standing.name}
        onOpen={(standing) =>
          void navigate({
            to: '/app/standing-orders/$standingId',
            params: { standingId: standing.id },
          })
        }
        empty={
          <EmptyState
            icon={CalendarClock}
            title={t('standing.empty')}
            text={t('standing.empty_text')}
          />
        }
      />
      {can('cart:write') && <TemplateList />}
      {isNew && (
        <StandingDialog
          source={{ name: '', supplierId: null, lines: [] }}
          onClose={() => setIsNew(false)}
        />
      )}
    </PageBody>
  );
}

function useColumns(): TableColumn<StandingView>[] {
  const { t } = useTranslation(['orders', 'trade']);
  return [
    {
      id: 'name',
      header: t('standing.name'),
      isPrimary: true,
      cell: (standing) => (
        <span className="flex flex-col">
          <Link
            to="/app/standing-orders/$standingId"
            params={{ standingId: standing.id }}
            className="self-start"
          >
            {standing.name}
          </Link>
          <span className="text-small font-normal text-muted">{standing.supplier.name}</span>
        </span>
      ),
      text: (standing) => standing.name,
    },
    {
      id: 'state',
      header: t('trade:state'),
      cell: (standing) => <StatusBadge noun="standing_order" status={standing.state} />,
      text: (standing) => statusWord('standing_order', standing.state),
    },
    {
      id: 'schedule',
      header: t('standing.schedule'),
      cell: (standing) => <Rhythm standing={standing} />,
    },
    {
      id: 'next_run_at',
      header: t('standing.next'),
      cell: (standing) => <DateTime value={standing.next_run_at} />,
      text: (standing) => ({ at: standing.next_run_at }),
    },
    {
      id: 'last_run',
      header: t('standing.last'),
      cell: (standing) =>
        standing.last_run === null ? '—' : <Outcome run={standing.last_run} isShort />,
    },
  ];
}
