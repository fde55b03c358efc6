import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, MessagesSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useSession } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { classes } from '@/shared/ui/classes';
import { Pagination } from '@/shared/ui/data-table/pagination';
import { type SearchPatch } from '@/shared/ui/data-table/search';
import { FilterBar } from '@/shared/ui/filter-bar';
import { IconButton } from '@/shared/ui/icon-button';
import { Link } from '@/shared/ui/link';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { RelativeTime } from '@/shared/ui/values';

import { threadsQuery } from '../api/queries';
import type { ThreadSearch, ThreadView } from '../api/types';
import { Chat } from '../components/chat';
import { useSystemText } from '../components/system-text';

interface MessagesPageProps {
  search: ThreadSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** All conversations, and beside them the open one. */
export function MessagesPage({ search, onSearch }: MessagesPageProps): ReactNode {
  const { t } = useTranslation('conversations');
  const query = useQuery(threadsQuery(search));
  const open = query.data?.items.find(({ id }) => id === search.thread);
  const { thread } = search;
  const close = (): void => onSearch({ thread: undefined, page: search.page });
  return (
    <PageBody>
      <PageHeader title={t('title')} text={t('text')} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
        <div className={classes('min-w-0', thread !== undefined && 'hidden lg:block')}>
          <ThreadList query={query} search={search} onSearch={onSearch} />
        </div>
        <div
          className={classes(
            'h-[calc(100dvh-14rem)] min-h-96 lg:sticky lg:top-20',
            thread === undefined && 'hidden lg:block',
          )}
        >
          {thread === undefined ? (
            <Card className="flex h-full items-center justify-center">
              <EmptyState icon={MessagesSquare} title={t('choose')} text={t('choose_text')} />
            </Card>
          ) : (
            <Chat
              key={thread}
              threadId={thread}
              heading={
                <div className="flex items-center gap-2">
                  <IconButton
                    icon={ArrowLeft}
                    label={t('back')}
                    size="small"
                    className="lg:hidden"
                    onClick={close}
                  />
                  <ThreadHeading thread={open} />
                </div>
              }
            />
          )}
        </div>
      </div>
    </PageBody>
  );
}

function ThreadHeading({ thread }: { thread: ThreadView | undefined }): ReactNode {
  const { t } = useTranslation('conversations');
  const other = useCounterparty();
  if (thread === undefined) return <h2 className="text-body font-semibold">{t('chat')}</h2>;
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-3">
      <h2 className="min-w-0 truncate text-body font-semibold">{other(thread)}</h2>
      {thread.subject_type === 'deal' && (
        <Link to="/app/deals/$dealId" params={{ dealId: thread.subject_id }} className="text-small">
          {thread.title}
        </Link>
      )}
    </div>
  );
}

/** Returns a function that names who one talks with. */
function useCounterparty(): (thread: ThreadView) => string {
  const session = useSession();
  return (thread) =>
    thread.parties
      .filter((party) => party.organisation_id !== session?.organisation.id)
      .map((party) => party.name)
      .join(', ') || thread.title;
}

interface ThreadListProps extends MessagesPageProps {
  query: {
    data:
      { items: ThreadView[]; page: number; size: number; total: number; pages: number } | undefined;
    error: Error | null;
    refetch: () => unknown;
  };
}

function ThreadList({ query, search, onSearch }: ThreadListProps): ReactNode {
  const { t } = useTranslation(['conversations', 'ui']);
  const { data } = query;
  const isFiltered = search.q !== undefined || search.unread === true;
  return (
    <Card isFlush>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
        <FilterBar q={search.q} onSearch={onSearch} />
        <Button
          size="small"
          variant={search.unread === true ? 'secondary' : 'quiet'}
          aria-pressed={search.unread === true}
          onClick={() => onSearch({ unread: search.unread === true ? undefined : true })}
        >
          {t('unread_only')}
        </Button>
      </div>
      {data === undefined ? (
        <Awaiting query={query} skeleton={<SkeletonRows />} />
      ) : data.items.length === 0 ? (
        <EmptyState
          icon={MessagesSquare}
          title={isFiltered ? t('ui:table.nothing_matches') : t('empty')}
          text={isFiltered ? t('ui:table.nothing_matches_text') : t('empty_text')}
        />
      ) : (
        <>
          <ul className="max-h-[calc(100dvh-20rem)] min-h-64 divide-y divide-line overflow-y-auto">
            {data.items.map((thread) => (
              <ThreadRow
                key={thread.id}
                thread={thread}
                isOpen={thread.id === search.thread}
                onOpen={() => onSearch({ thread: thread.id, page: search.page })}
              />
            ))}
          </ul>
          {data.pages > 1 && <Pagination {...data} onSearch={onSearch} />}
        </>
      )}
    </Card>
  );
}

interface ThreadRowProps {
  thread: ThreadView;
  isOpen: boolean;
  onOpen: () => void;
}

function ThreadRow({ thread, isOpen, onOpen }: ThreadRowProps): ReactNode {
  const { t } = useTranslation('conversations');
  const systemText = useSystemText();
  const other = useCounterparty();
  const last = thread.last_message;
  const excerpt =
    last === null
      ? t('nothing')
      : last.code !== null
        ? systemText(last.code, last.params)
        : last.body === ''
          ? t('files', { count: last.attachment_count })
          : last.body;
  return (
    <li>
      <button
        type="button"
        aria-current={isOpen ? 'true' : undefined}
        onClick={onOpen}
        className={classes(
          'flex w-full flex-col gap-0.5 px-4 py-3 text-left -outline-offset-2 hover:bg-hover',
          isOpen && 'bg-hover',
        )}
      >
        <span className="flex items-baseline justify-between gap-3">
          <span className={classes('truncate text-body', thread.unread > 0 && 'font-semibold')}>
            {other(thread)}
          </span>
          <span className="text-caption text-muted">
            <RelativeTime value={last?.created_at ?? thread.created_at} />
          </span>
        </span>
        <span className="truncate text-small text-muted">{thread.title}</span>
        <span className="flex items-center justify-between gap-3">
          <span className="truncate text-small text-muted">{excerpt}</span>
          {thread.unread > 0 && (
            <span className="rounded-full bg-accent px-1.5 text-caption font-semibold text-on-accent tabular">
              <span className="sr-only">{t('unread')} </span>
              {thread.unread}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}
