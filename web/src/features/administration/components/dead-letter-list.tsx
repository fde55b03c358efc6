import { useInfiniteQuery } from '@tanstack/react-query';
import { MailCheck, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '@/shared/ui/button';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { Feed } from '@/shared/ui/feed';
import { FilterBar } from '@/shared/ui/filter-bar';
import { EmptyState } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { RelativeTime } from '@/shared/ui/values';

import {
  type DeadLetter,
  deadLettersQuery,
  useDiscardDelivery,
  useRetryDelivery,
} from '../api/queries';
import type { JobsSearch } from '../model/search';
import { DiscardButton } from './discard-button';
import { Failure } from './failure';

interface DeadLetterListProps {
  search: JobsSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** Events that a handler failed on until it was given up. */
export function DeadLetterList({ search, onSearch }: DeadLetterListProps): ReactNode {
  const { t } = useTranslation('admin');
  const query = useInfiniteQuery(deadLettersQuery(search));
  const failed =
    query.data?.pages.flatMap(({ items }) => items.map(({ handler }) => handler)) ?? [];
  const chosen = search.handler === undefined ? [] : [search.handler];
  const handlers = [...new Set([...chosen, ...failed])].sort();
  return (
    <Feed
      query={query}
      isFiltered={search.handler !== undefined}
      onReset={() => onSearch({ handler: undefined })}
      empty={
        <EmptyState icon={MailCheck} title={t('events_empty')} text={t('events_empty_text')} />
      }
      filters={
        <FilterBar
          hasSearch={false}
          onSearch={({ handler }) => onSearch({ handler: handler === '' ? undefined : handler })}
          filters={[
            {
              name: 'handler',
              label: t('handler'),
              value: search.handler,
              choices: handlers.map((value) => ({ value, label: value })),
            },
          ]}
        />
      }
    >
      {(letters) => (
        <ul className="divide-y divide-line">
          {letters.map((letter) => (
            <DeadLetterRow key={`${String(letter.sequence)}:${letter.handler}`} letter={letter} />
          ))}
        </ul>
      )}
    </Feed>
  );
}

function DeadLetterRow({ letter }: { letter: DeadLetter }): ReactNode {
  const { t } = useTranslation('admin');
  const retry = useRetryDelivery();
  const discard = useDiscardDelivery();
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-56">
          <code className="font-mono text-small font-medium break-all">{letter.event_type}</code>
          <p className="mt-0.5 text-small text-muted">
            #{letter.sequence} · {letter.handler} · {t('attempts', { count: letter.attempts })} ·{' '}
            <RelativeTime value={letter.occurred_at} />
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button
            size="small"
            icon={RotateCw}
            isPending={retry.isPending}
            onClick={() => retry.mutate(letter, { onSuccess: () => showDone(t('redelivered')) })}
          >
            {t('retry')}
          </Button>
          <DiscardButton
            name={letter.event_type}
            text={t('discard_event_text')}
            done={t('event_discarded')}
            onDiscard={() => discard(letter)}
          />
        </div>
      </div>
      <Failure error={letter.error} />
    </li>
  );
}
