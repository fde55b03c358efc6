import { useQuery } from '@tanstack/react-query';
import { BadgeCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatDateTime } from '@/shared/dates/format';
import { ActionBar } from '@/shared/ui/action-bar';
import { StatusBadge } from '@/shared/ui/badge';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch, TableSearch } from '@/shared/ui/data-table/search';
import { statusWord } from '@/shared/ui/data-table/status-word';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { ButtonLink, Link } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { Tabs } from '@/shared/ui/tabs';
import { DateTime, Money } from '@/shared/ui/values';

import { approvalsQuery, type ApprovalView, readAllApprovals } from '../api/queries';
import { APPROVAL_TABS, type ApprovalTab } from '../api/types';
import { ApprovalChain } from '../components/approval-chain';

interface ApprovalListProps {
  tab: ApprovalTab;
  onTab: (tab: ApprovalTab) => void;
  search: TableSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** Spending that waits for somebody's agreement. */
export function ApprovalList({ tab, onTab, search, onSearch }: ApprovalListProps): ReactNode {
  const { t } = useTranslation('approvals');
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={<ButtonLink to="/app/settings/approvals">{t('rules_link')}</ButtonLink>}
      />
      <Tabs
        label={t('tabs.label')}
        value={tab}
        onChange={(value) => onTab(value as ApprovalTab)}
        tabs={APPROVAL_TABS.map((value) => ({
          value,
          label: t(`tabs.${value}`),
          content: <ApprovalTable tab={value} search={search} onSearch={onSearch} />,
        }))}
      />
    </PageBody>
  );
}

function ApprovalTable({ tab, search, onSearch }: Omit<ApprovalListProps, 'onTab'>): ReactNode {
  const { t } = useTranslation('approvals');
  const query = useQuery(approvalsQuery(tab, search));
  const columns = useColumns();
  return (
    <DataTable
      id={`approvals-${tab}`}
      label={t(`tabs.${tab}`)}
      columns={columns}
      query={query}
      search={search}
      onSearch={onSearch}
      rowName={subjectOf}
      readAll={() => readAllApprovals(tab, search)}
      empty={
        <EmptyState icon={BadgeCheck} title={t(`empty_${tab}`)} text={t(`empty_${tab}_text`)} />
      }
    />
  );
}

function useColumns(): TableColumn<ApprovalView>[] {
  const { t } = useTranslation('approvals');
  return [
    {
      id: 'subject',
      header: t('columns.subject'),
      isPrimary: true,
      text: subjectOf,
      cell: (row) => (
        <span className="flex flex-col">
          <SubjectLink approval={row} />
          <span className="text-small font-normal text-muted">
            {[
              dealOf(row) === '' ? t(`purpose.${row.purpose}`) : t('purpose.terms'),
              dealOf(row) === '' ? '' : textIn(row, 'label'),
              vendorsOf(row) === ''
                ? ''
                : dealOf(row) === ''
                  ? t('award_to', { names: vendorsOf(row) })
                  : vendorsOf(row),
            ]
              .filter((part) => part !== '')
              .join(' · ')}
          </span>
        </span>
      ),
    },
    {
      id: 'amount',
      header: t('columns.amount'),
      isNumeric: true,
      isSortable: true,
      text: (row) => row.amount,
      cell: (row) => (
        <span className="flex flex-col">
          {row.amount === null ? t('unknown_amount') : <Money value={row.amount} />}
          {otherDealsOf(row) > 0 && (
            <span className="text-small text-muted">
              {t('together', { count: otherDealsOf(row) })}
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'state',
      header: t('columns.state'),
      text: (row) => statusWord('approval', row.state),
      cell: (row) => <StatusBadge noun="approval" status={row.state} />,
    },
    {
      id: 'chain',
      header: t('columns.chain'),
      cell: (row) => <ApprovalChain approval={row} />,
    },
    {
      id: 'created_at',
      header: t('columns.created'),
      isSortable: true,
      text: (row) => `${row.requested_by_name}, ${formatDateTime(row.created_at)}`,
      cell: (row) => (
        <span className="flex flex-col">
          <span>{row.requested_by_name}</span>
          <span className="text-small text-muted">
            <DateTime value={row.created_at} />
          </span>
        </span>
      ),
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      cell: (row) => (
        <span className="inline-flex gap-2">
          <ActionBar
            actions={row.actions}
            resourcePath={`/approvals/${row.id}`}
            version={row.version}
            subject={subjectOf(row)}
            staleKeys={[['approvals'], ['requests']]}
          />
        </span>
      ),
    },
  ];
}

/** Leads to where what was asked can be read: the deal's terms, the comparison, or the request. */
function SubjectLink({ approval }: { approval: ApprovalView }): ReactNode {
  const dealId = dealOf(approval);
  if (dealId !== '') {
    return (
      <Link to="/app/deals/$dealId" params={{ dealId }}>
        {subjectOf(approval)}
      </Link>
    );
  }
  return (
    <Link
      to={
        approval.purpose === 'award'
          ? '/app/requests/$requestId/comparison'
          : '/app/requests/$requestId'
      }
      params={{ requestId: approval.request_id }}
    >
      {subjectOf(approval)}
    </Link>
  );
}

function dealOf(approval: ApprovalView): string {
  return textIn(approval, 'deal_id');
}

/** How many other deals the amount holds: a limit is kept by the whole award. */
function otherDealsOf(approval: ApprovalView): number {
  const count: unknown = approval.summary['deals'];
  return typeof count === 'number' ? count - 1 : 0;
}

function subjectOf(approval: ApprovalView): string {
  return textIn(approval, 'title') || textIn(approval, 'label') || approval.id;
}

function vendorsOf(approval: ApprovalView): string {
  const vendors: unknown = approval.summary['vendors'];
  return Array.isArray(vendors)
    ? vendors.filter((name) => typeof name === 'string').join(', ')
    : '';
}

function textIn(approval: ApprovalView, name: string): string {
  const value: unknown = approval.summary[name];
  return typeof value === 'string' ? value : '';
}
