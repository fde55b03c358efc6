import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ClipboardList, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { StatusBadge } from '@/shared/ui/badge';
import { ButtonLink } from '@/shared/ui/link';
import { Card } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { Countdown } from '@/shared/ui/values';

import { closingRequestsQuery, newestRequestsQuery } from '../api/queries';

/** The organisation's newest requests. */
export function OwnRequests(): ReactNode {
  const { t } = useTranslation('dashboard');
  const query = useQuery(newestRequestsQuery);
  const { data } = query;
  if (data === undefined) return <Waiting query={query} />;
  if (data.items.length === 0) {
    return (
      <Card className="flex-1">
        <EmptyState
          icon={ClipboardList}
          title={t('buying_empty')}
          text={t('buying_empty_text')}
          action={<ButtonLink to="/app/requests/new">{t('new_request')}</ButtonLink>}
        />
      </Card>
    );
  }
  return (
    <Rows>
      {data.items.map((request) => (
        <Row
          key={request.id}
          title={request.title}
          path={`/app/requests/${request.id}`}
          aside={<StatusBadge noun="request" status={request.state} />}
        />
      ))}
    </Rows>
  );
}

/** Open requests of others, those that end soonest first. */
export function ClosingRequests(): ReactNode {
  const { t } = useTranslation('dashboard');
  const query = useQuery(closingRequestsQuery);
  const { data } = query;
  if (data === undefined) return <Waiting query={query} />;
  if (data.length === 0) {
    return (
      <Card className="flex-1">
        <EmptyState
          icon={Search}
          title={t('selling_empty')}
          text={t('selling_empty_text')}
          action={<ButtonLink to="/app/board">{t('browse_board')}</ButtonLink>}
        />
      </Card>
    );
  }
  return (
    <Rows>
      {data.map((request) => (
        <Row
          key={request.id}
          title={request.title}
          path={`/app/board/${request.id}`}
          aside={<Countdown deadline={request.quotes_due_at} />}
        />
      ))}
    </Rows>
  );
}

function Rows({ children }: { children: ReactNode }): ReactNode {
  return (
    <Card isFlush className="flex-1">
      <ul className="divide-y divide-line">{children}</ul>
    </Card>
  );
}

function Row({ title, path, aside }: { title: string; path: string; aside: ReactNode }): ReactNode {
  return (
    <li className="relative flex items-center justify-between gap-3 px-4 py-3 hover:bg-hover">
      <Link
        // The path is one of this application's, made by the caller.
        to={path as '/app'}
        className="min-w-0 truncate font-medium before:absolute before:inset-0 before:-outline-offset-2"
      >
        {title}
      </Link>
      <span className="shrink-0 text-small text-muted">{aside}</span>
    </li>
  );
}

function Waiting({ query }: { query: UseQueryResult }): ReactNode {
  return (
    <Card isFlush className="flex-1">
      <Awaiting query={query} skeleton={<SkeletonRows rows={4} />} />
    </Card>
  );
}
