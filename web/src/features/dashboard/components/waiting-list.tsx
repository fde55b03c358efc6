import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  BadgeCheck,
  CircleHelp,
  FileClock,
  Inbox,
  type LucideIcon,
  PenLine,
  Receipt,
  RefreshCcw,
  Scale,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { Card } from '@/shared/ui/page';
import { EmptyState, ErrorState, SkeletonRows } from '@/shared/ui/states';

import {
  approvalsToDecideQuery,
  openDealsQuery,
  overdueInvoicesQuery,
  ownQuotesQuery,
  publishedRequestsQuery,
} from '../api/queries';
import { type Waiting, type WaitingKind, waitingOf } from '../model/waiting';

const ICONS: Record<WaitingKind, LucideIcon> = {
  approval: BadgeCheck,
  sign: PenLine,
  reconfirm: RefreshCcw,
  decide: Scale,
  questions: CircleHelp,
  invoice: Receipt,
  overdue: FileClock,
};

/** Everything that the reader could do now, in one list. */
export function WaitingList(): ReactNode {
  const { t } = useTranslation('dashboard');
  const canDecide = useCan()('approvals:decide');
  const approvals = useQuery({ ...approvalsToDecideQuery, enabled: canDecide });
  const [requests, deals, invoices, quotes] = useQueries({
    queries: [publishedRequestsQuery, openDealsQuery, overdueInvoicesQuery, ownQuotesQuery],
  });
  const all = [requests, deals, invoices, quotes];
  const failed = all.find((one) => one.error !== null);
  if (failed?.error) {
    return (
      <Card>
        <ErrorState error={failed.error} onRetry={() => all.forEach((one) => void one.refetch())} />
      </Card>
    );
  }
  if (all.some((one) => one.isPending)) {
    return (
      <Card isFlush>
        <SkeletonRows rows={3} />
      </Card>
    );
  }
  const waiting = waitingOf(
    {
      approvals: approvals.data?.items ?? [],
      requests: requests.data?.items ?? [],
      deals: deals.data?.items ?? [],
      invoices: invoices.data?.items ?? [],
      quotes: quotes.data?.items ?? [],
    },
    Date.now(),
  );
  if (waiting.length === 0) {
    return (
      <Card>
        <EmptyState icon={Inbox} title={t('waiting_empty')} text={t('waiting_empty_text')} />
      </Card>
    );
  }
  return (
    <Card isFlush>
      <ul className="divide-y divide-line">
        {waiting.map((one) => (
          <WaitingRow key={`${one.kind}-${one.id}`} waiting={one} />
        ))}
      </ul>
    </Card>
  );
}

function WaitingRow({ waiting }: { waiting: Waiting }): ReactNode {
  const { t } = useTranslation('dashboard');
  const Icon = ICONS[waiting.kind];
  return (
    <li className="relative flex items-center gap-3 px-4 py-3 hover:bg-hover">
      <Icon aria-hidden className="size-5 shrink-0 text-accent" />
      <span className="flex min-w-0 flex-col">
        <span className="text-small text-muted">{t(`kinds.${waiting.kind}`)}</span>
        <Link
          // The path is one of this application's, made by the model.
          to={waiting.path as '/app'}
          className="truncate font-medium before:absolute before:inset-0 before:-outline-offset-2"
        >
          {waiting.label}
        </Link>
      </span>
    </li>
  );
}
