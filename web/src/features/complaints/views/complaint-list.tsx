import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { MessageSquareWarning } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useSession } from '@/shared/session/session';
import { Badge, StatusBadge } from '@/shared/ui/badge';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { statusWord } from '@/shared/ui/data-table/status-word';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { FilterBar } from '@/shared/ui/filter-bar';
import { Link } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { Countdown, DateTime, RelativeTime } from '@/shared/ui/values';

import { complaintsQuery, readAllComplaints } from '../api/queries';
import { COMPLAINT_STATES, type ComplaintListItem, type ComplaintSearch } from '../api/types';
import { AnswerStatistics } from '../components/answer-statistics';

interface ComplaintListProps {
  search: ComplaintSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** The organisation's complaints, those that it made and those that it answers. */
export function ComplaintList({ search, onSearch }: ComplaintListProps): ReactNode {
  const { t } = useTranslation(['complaints', 'trade', 'status']);
  const navigate = useNavigate();
  const sells = useSession()?.organisation.sells === true;
  return (
    <PageBody>
      <PageHeader title={t('title')} text={t('text')} />
      {sells && search.side !== 'buyer' && <AnswerStatistics />}
      <DataTable
        id="complaints"
        label={t('title')}
        columns={useColumns()}
        query={useQuery(complaintsQuery(search))}
        search={search}
        onSearch={onSearch}
        rowName={(complaint) => complaint.number}
        onOpen={({ id }) =>
          void navigate({ to: '/app/complaints/$complaintId', params: { complaintId: id } })
        }
        readAll={() => readAllComplaints(search)}
        filters={<Filters search={search} onSearch={onSearch} />}
        empty={<EmptyState icon={MessageSquareWarning} title={t('empty')} text={t('empty_text')} />}
      />
    </PageBody>
  );
}

function Filters({ search, onSearch }: ComplaintListProps): ReactNode {
  const { t } = useTranslation(['complaints', 'trade', 'status']);
  return (
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
            { value: 'seller', label: t('side.seller') },
          ],
        },
        {
          name: 'state',
          label: t('trade:state'),
          value: search.state,
          choices: COMPLAINT_STATES.map((state) => ({
            value: state,
            label: t(`status:complaint.${state}.label`),
          })),
        },
        {
          name: 'overdue',
          label: t('only_overdue'),
          value: search.overdue,
          choices: [
            { value: 'true', label: t('is_overdue') },
            { value: 'false', label: t('is_in_time') },
          ],
        },
        {
          name: 'mine',
          label: t('mine'),
          value: search.mine,
          choices: [{ value: 'true', label: t('mine_only') }],
        },
      ]}
    />
  );
}

function useColumns(): TableColumn<ComplaintListItem>[] {
  const { t } = useTranslation(['complaints', 'trade']);
  return [
    {
      id: 'number',
      header: t('trade:number'),
      isPrimary: true,
      isSortable: true,
      cell: (complaint) => (
        <span className="flex min-w-0 flex-col">
          <Link
            to="/app/complaints/$complaintId"
            params={{ complaintId: complaint.id }}
            className="self-start"
          >
            {complaint.number}
          </Link>
          <span className="max-w-72 truncate text-small font-normal text-muted">
            {complaint.excerpt}
          </span>
        </span>
      ),
      text: (complaint) => complaint.number,
    },
    {
      id: 'state',
      header: t('trade:state'),
      isSortable: true,
      cell: (complaint) => (
        <span className="inline-flex flex-wrap gap-1.5">
          <StatusBadge noun="complaint" status={complaint.state} />
          {complaint.overdue && <Badge tone="stopped">{t('overdue')}</Badge>}
        </span>
      ),
      text: (complaint) => statusWord('complaint', complaint.state),
    },
    {
      id: 'about',
      header: t('about'),
      cell: (complaint) => (
        <span className="flex flex-col">
          {t(`kind.${complaint.kind}`)}
          <span className="text-small text-muted">
            {complaint.order_number} · {complaint.line_name ?? t('whole_order')}
          </span>
        </span>
      ),
      text: (complaint) => complaint.order_number,
    },
    {
      id: 'partner',
      header: t('partner'),
      cell: (complaint) => (complaint.side === 'buyer' ? complaint.seller : complaint.buyer).name,
      text: (complaint) => (complaint.side === 'buyer' ? complaint.seller : complaint.buyer).name,
    },
    {
      id: 'due_at',
      header: t('due'),
      isSortable: true,
      cell: (complaint) =>
        complaint.due_at === null ? (
          <DateTime value={complaint.lapses_at} />
        ) : (
          <Countdown deadline={complaint.due_at} />
        ),
      text: (complaint) => ({ at: complaint.due_at }),
    },
    {
      id: 'assignee',
      header: t('assignee'),
      cell: (complaint) => complaint.assignee_name ?? '—',
      text: (complaint) => complaint.assignee_name,
    },
    {
      id: 'created_at',
      header: t('opened'),
      isSortable: true,
      cell: (complaint) => <RelativeTime value={complaint.created_at} />,
      text: (complaint) => ({ at: complaint.created_at }),
    },
  ];
}
