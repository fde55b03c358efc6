import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';
import { Skeleton } from '@/shared/ui/states';

import {
  openDealsQuery,
  overdueInvoicesQuery,
  ownQuotesQuery,
  publishedRequestsQuery,
  unpaidInvoicesQuery,
} from '../api/queries';

interface FiguresProps {
  buys: boolean;
  sells: boolean;
}

/** How much is under way; each number leads to its list. What cannot be counted now is a dash, not a zero. */
export function Figures({ buys, sells }: FiguresProps): ReactNode {
  const { t } = useTranslation('dashboard');
  const requests = useQuery({ ...publishedRequestsQuery, enabled: buys });
  const quotes = useQuery({ ...ownQuotesQuery, enabled: sells });
  const deals = useQuery(openDealsQuery);
  const unpaid = useQuery(unpaidInvoicesQuery);
  const overdue = useQuery(overdueInvoicesQuery);
  const late = overdue.data?.total ?? 0;
  return (
    <ul className="grid grid-cols-2 gap-3 sm:auto-cols-fr sm:grid-flow-col sm:gap-4">
      {buys && (
        <Figure
          label={t('figures.requests')}
          path="/app/requests?state=published"
          isPending={requests.isPending}
          value={requests.data?.total}
        />
      )}
      {sells && (
        <Figure
          label={t('figures.quotes')}
          path="/app/quotes"
          isPending={quotes.isPending}
          value={quotes.data?.total}
        />
      )}
      <Figure
        label={t('figures.deals')}
        path="/app/deals"
        isPending={deals.isPending}
        value={deals.data?.total}
      />
      <Figure
        label={t('figures.unpaid')}
        path="/app/invoices?state=sent"
        isPending={unpaid.isPending}
        value={unpaid.data}
        {...(late > 0 ? { note: t('figures.overdue', { count: late }) } : {})}
      />
    </ul>
  );
}

interface FigureProps {
  label: string;
  path: string;
  isPending: boolean;
  value: number | undefined;
  note?: string;
}

function Figure({ label, path, isPending, value, note }: FigureProps): ReactNode {
  return (
    <li className="relative flex flex-col gap-1 rounded-base last:odd:col-span-2 sm:last:odd:col-span-1 border border-line bg-surface p-4 hover:bg-hover">
      <Link
        // The path is one of this application's, made above.
        to={path as '/app'}
        className="text-small text-muted before:absolute before:inset-0 before:rounded-base"
      >
        {label}
      </Link>
      {isPending ? (
        <Skeleton className="h-8 w-12" />
      ) : (
        <span className="flex flex-wrap items-baseline gap-x-2.5">
          <span className="text-heading font-semibold tabular">
            {value === undefined ? '—' : formatNumber(value)}
          </span>
          {note !== undefined && <span className="text-small text-stopped">{note}</span>}
        </span>
      )}
    </li>
  );
}
