import { useQuery } from '@tanstack/react-query';
import { ClipboardList } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { ButtonLink, Link } from '@/shared/ui/link';
import { Card } from '@/shared/ui/page';
import { EmptyState, ErrorState, SkeletonRows } from '@/shared/ui/states';
import { Countdown, Money } from '@/shared/ui/values';

import { latestBoardQuery } from '../api/queries';

/** The newest public requests. */
export function LatestRequests(): ReactNode {
  const { t } = useTranslation(['home', 'app']);
  return (
    <section className="mx-auto w-full max-w-6xl px-4 pb-14 sm:px-6">
      <h2 className="text-heading font-semibold">{t('latest.title')}</h2>
      <p className="mt-1 mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-reading text-muted">
        {t('latest.text')}
        <Link to="/requests" className="text-body">
          {t('app:board')}
        </Link>
      </p>
      <LatestList />
    </section>
  );
}

function LatestList(): ReactNode {
  const { t } = useTranslation('home');
  const { data, error, isPending, refetch } = useQuery(latestBoardQuery);
  if (isPending) {
    return (
      <Card isFlush>
        <SkeletonRows rows={4} />
      </Card>
    );
  }
  if (error !== null) {
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    );
  }
  if (data.items.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={ClipboardList}
          title={t('latest.empty')}
          text={t('latest.empty_text')}
          action={
            <ButtonLink to="/sign-in" search={{ tab: 'register' }}>
              {t('start_buying')}
            </ButtonLink>
          }
        />
      </Card>
    );
  }
  return (
    <ul className="grid gap-3 md:grid-cols-2 lg:grid-cols-3">
      {data.items.map((request) => (
        <li
          key={request.id}
          className="relative flex flex-col gap-3 rounded-base border border-line bg-surface p-4 hover:border-control"
        >
          <div className="flex justify-between gap-3 text-small text-muted">
            <span className="truncate">{request.number}</span>
            <span className="whitespace-nowrap">
              {t('latest.lines', { count: request.lines_count })}
            </span>
          </div>
          <h3 className="line-clamp-2 text-reading font-semibold">
            <Link
              to="/requests/$requestId"
              params={{ requestId: request.id }}
              className="text-ink decoration-transparent before:absolute before:inset-0 hover:text-accent"
            >
              {request.title}
            </Link>
          </h3>
          <div className="mt-auto flex flex-wrap items-end justify-between gap-2 text-small text-muted">
            <span className="truncate">{request.organisation.name}</span>
            {request.budget !== null && (
              <Money value={request.budget} className="font-medium text-ink" />
            )}
          </div>
          <p className="border-t border-line pt-3 text-small text-muted">
            {t('latest.deadline')} <Countdown deadline={request.quotes_due_at} />
          </p>
        </li>
      ))}
    </ul>
  );
}
