import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { Card } from '@/shared/ui/page';
import { Timeline, type TimelineEntry } from '@/shared/ui/progress';
import { SkeletonText } from '@/shared/ui/states';

import { requestHistoryQuery } from '../api/queries';
import type { AuditEntry, RequestView } from '../api/types';

/** What happened to a request: all of it for those who read the audit, its milestones for everybody else. */
export function HistoryTab({ request }: { request: RequestView }): ReactNode {
  const can = useCan();
  return (
    <Card>
      {can('audit:read') ? (
        <AuditHistory requestId={request.id} />
      ) : (
        <Milestones request={request} />
      )}
    </Card>
  );
}

function Milestones({ request }: { request: RequestView }): ReactNode {
  const { t } = useTranslation('requests');
  const entries: TimelineEntry[] = [
    {
      id: 'created',
      title: t('history.created', { name: request.created_by_name }),
      at: request.created_at,
    },
  ];
  if (request.published_at !== null) {
    const number = request.number ?? '';
    entries.push({
      id: 'published',
      title: t('history.published', { number }),
      at: request.published_at,
      tone: 'open',
    });
  }
  for (const { revision, note, created_at: at } of request.revisions) {
    entries.push({
      id: `revision-${String(revision)}`,
      title: t('history.amended', { number: revision }),
      at,
      tone: 'open',
      ...(note === '' ? {} : { text: note }),
    });
  }
  if (request.awarded_at !== null) {
    entries.push({
      id: 'awarded',
      title: t('history.awarded'),
      at: request.awarded_at,
      tone: 'done',
    });
  }
  if (request.closed_at !== null) {
    entries.push({ id: 'closed', title: t('history.closed'), at: request.closed_at, tone: 'done' });
  }
  return <Timeline entries={entries.sort((a, b) => b.at.localeCompare(a.at))} />;
}

function AuditHistory({ requestId }: { requestId: string }): ReactNode {
  const { t } = useTranslation('requests');
  const label = useAuditLabel();
  const query = useInfiniteQuery(requestHistoryQuery(requestId));
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<SkeletonText lines={5} />} />;
  const entries = data.pages.flatMap((page) => page.items);
  return (
    <div className="flex flex-col gap-4">
      <Timeline
        entries={entries.map((entry) => ({
          id: String(entry.sequence),
          title: label(entry),
          at: entry.occurred_at,
          tone: toneOf(entry.action),
          text: (
            <>
              {entry.actor.id === null ? t('history.system') : entry.actor.name}
              {entry.reason !== null && <p className="text-ink">{entry.reason}</p>}
            </>
          ),
        }))}
      />
      {hasNextPage && (
        <div>
          <Button isPending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('history.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function useAuditLabel(): (entry: AuditEntry) => string {
  const { t } = useTranslation('requests');
  const translate = t as unknown as (key: string, fallback: string) => string;
  return ({ action }) => {
    const verb = action.slice(action.indexOf('.') + 1);
    return translate(`history.actions.${verb}`, verb);
  };
}

function toneOf(action: string): 'draft' | 'open' | 'done' | 'stopped' {
  if (/\.(cancel|close-without-award|delete|decline)$/.test(action)) return 'stopped';
  if (/\.(award|reaward|close)$/.test(action)) return 'done';
  return /\.(publish|amend|extend|shortlist|reopen)$/.test(action) ? 'open' : 'draft';
}
