import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameNow } from '@/shared/i18n/names';
import { useCan } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { ReasonDialog } from '@/shared/ui/confirm';
import { Pagination } from '@/shared/ui/data-table/pagination';
import { type SearchPatch } from '@/shared/ui/data-table/search';
import { FilterBar } from '@/shared/ui/filter-bar';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { Tabs } from '@/shared/ui/tabs';
import { showDone } from '@/shared/ui/toast';

import { type ModerationItem, queueQuery, useDecide } from '../api/queries';
import { QueueItem } from '../components/queue-item';
import type { ModerationSearch } from '../model/search';

interface QueueProps {
  search: ModerationSearch;
  onSearch: (patch: SearchPatch) => void;
}

interface ModerationDeskProps extends QueueProps {
  /** Reviews that wait. */
  reviews: ReactNode;
}

const KINDS = ['product', 'change_request'] as const;

/** What waits for a moderator's decision. */
export function ModerationDesk({ search, onSearch, reviews }: ModerationDeskProps): ReactNode {
  const { t } = useTranslation('moderation');
  const isAllowed = useCan()('moderation:decide');
  return (
    <PageBody>
      <PageHeader title={t('title')} text={t('text')} />
      {isAllowed ? (
        <Tabs
          label={t('title')}
          value={search.tab ?? 'products'}
          onChange={(tab) =>
            onSearch({ tab: tab === 'reviews' ? tab : undefined, page: undefined })
          }
          tabs={[
            {
              value: 'products',
              label: t('tabs.products'),
              content: <Products search={search} onSearch={onSearch} />,
            },
            {
              value: 'reviews',
              label: t('tabs.reviews'),
              content: <Card isFlush>{reviews}</Card>,
            },
          ]}
        />
      ) : (
        <Card>
          <EmptyState title={t('forbidden')} text={t('forbidden_text')} />
        </Card>
      )}
    </PageBody>
  );
}

function Products({ search, onSearch }: QueueProps): ReactNode {
  const { t } = useTranslation('moderation');
  return (
    <Card isFlush>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
        <FilterBar
          hasSearch={false}
          onSearch={({ kind }) =>
            onSearch({ kind: kind === '' ? undefined : kind, page: undefined })
          }
          filters={[
            {
              name: 'kind',
              label: t('kind'),
              value: search.kind,
              choices: KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
            },
          ]}
        />
      </div>
      <Queue search={search} onSearch={onSearch} />
    </Card>
  );
}

function Queue({ search, onSearch }: QueueProps): ReactNode {
  const { t } = useTranslation('moderation');
  const query = useQuery(queueQuery(search));
  const { data } = query;
  const decide = useDecide();
  const [refused, setRefused] = useState<ModerationItem | null>(null);
  if (data === undefined) return <Awaiting query={query} skeleton={<SkeletonRows />} />;
  if (data.total === 0)
    return <EmptyState icon={ShieldCheck} title={t('empty')} text={t('empty_text')} />;
  const approve = (item: ModerationItem): void => {
    decide.mutate({ item, reason: null }, { onSuccess: () => showDone(t('approved')) });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>): void => {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-id]')];
    const index = items.findIndex((one) => one === document.activeElement);
    const item = data.items[index];
    if (item === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const keys: Record<string, () => void> = {
      ArrowDown: () => items[index + 1]?.focus(),
      ArrowUp: () => items[index - 1]?.focus(),
      KeyA: () => approve(item),
      KeyR: () => setRefused(item),
    };
    const act = keys[event.code];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys for those who decide a lot; the buttons do the same */}
      <ul aria-label={t('title')} onKeyDown={onKeyDown} className="divide-y divide-line">
        {data.items.map((item, index) => (
          <QueueItem
            key={item.id}
            item={item}
            isFirst={index === 0}
            isPending={decide.isPending}
            onApprove={() => approve(item)}
            onReject={() => setRefused(item)}
          />
        ))}
      </ul>
      <p className="hidden border-t border-line px-4 pt-3 text-small text-muted sm:block">
        {t('waiting', { count: data.total })} {t('keys')}
      </p>
      <Pagination {...data} onSearch={onSearch} />
      <ReasonDialog
        isOpen={refused !== null}
        onClose={() => setRefused(null)}
        title={t('reject_named', { name: refused === null ? '' : nameNow(refused) })}
        text={t('reject_text')}
        submitLabel={t('reject')}
        isRequired
        isDangerous
        onSubmit={async (reason) => {
          if (refused === null) return;
          await decide.mutateAsync({ item: refused, reason });
          showDone(t('rejected'));
        }}
      />
    </>
  );
}
