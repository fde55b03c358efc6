import { useInfiniteQuery } from '@tanstack/react-query';
import { MessagesSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import { Fragment, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { formatDate } from '@/shared/dates/format';
import { useCan, useSession } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { Card } from '@/shared/ui/page';
import { EmptyState, SkeletonText } from '@/shared/ui/states';

import { type Messages, messagesQuery } from '../api/queries';
import { useLiveThread, useReadMark } from '../api/use-live-thread';
import { type Outgoing, useSending } from '../api/use-sending';
import { allMessages, dayOf, newestSequence, readByOthers } from '../model/messages';
import type { MessageView } from '../api/types';
import { Bubble, OutgoingBubble } from './bubble';
import { Composer } from './composer';

interface ChatProps {
  threadId: string;
  /** Stands above the messages where the page around does not say whose talk it is. */
  heading?: ReactNode;
  /** Called once what is here counts as read. */
  onRead?: () => void;
}

/** A conversation, live: it fills the height that it is given. */
export function Chat({ threadId, heading, onRead }: ChatProps): ReactNode {
  const { t } = useTranslation('conversations');
  const can = useCan();
  const query = useInfiniteQuery(messagesQuery(threadId));
  const { outgoing, send, retry, discard } = useSending(threadId);
  useLiveThread(threadId);
  useReadMark(threadId, newestSequence(query.data), onRead);
  return (
    <Card isFlush className="flex h-full flex-col">
      <section aria-label={t('chat')} className="flex min-h-0 flex-1 flex-col">
        <div className="border-b border-line px-4 py-3">
          {heading ?? <h2 className="text-body font-semibold">{t('chat')}</h2>}
        </div>
        {query.data === undefined ? (
          <Awaiting
            query={query}
            skeleton={
              <div className="flex-1 p-4">
                <SkeletonText lines={5} />
              </div>
            }
          />
        ) : (
          <MessageList query={query} outgoing={outgoing} onRetry={retry} onDiscard={discard} />
        )}
        {can('messages:write') && <Composer onSend={send} />}
      </section>
    </Card>
  );
}

/** The part of the read that the list needs. */
interface MessagesRead {
  data: Messages | undefined;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

interface MessageListProps {
  query: MessagesRead;
  outgoing: readonly Outgoing[];
  onRetry: (one: Outgoing) => void;
  onDiscard: (one: Outgoing) => void;
}

function MessageList({ query, outgoing, onRetry, onDiscard }: MessageListProps): ReactNode {
  const { t } = useTranslation('conversations');
  const session = useSession();
  const organisationId = session?.organisation.id ?? '';
  const messages = allMessages(query.data);
  const firstUnread = useFirstUnread(query.data?.pages[0]?.read_marks, messages);
  const readUpTo = readByOthers(query.data, organisationId);
  const lastRead = messages.findLast(
    ({ mine, code, sequence }) => mine && code === null && sequence <= readUpTo,
  );
  const arrived = new Set(messages.map(({ client_id: clientId }) => clientId));
  const waiting = outgoing.filter(({ clientId }) => !arrived.has(clientId));
  if (messages.length === 0 && waiting.length === 0) {
    return (
      <div className="flex flex-1 items-center justify-center overflow-y-auto">
        <EmptyState icon={MessagesSquare} title={t('nothing')} text={t('nothing_text')} />
      </div>
    );
  }
  return (
    // Reversed around a single child: the end stays in view, also when something older comes in above.
    <div
      role="log"
      aria-label={t('chat')}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      className="flex min-h-0 flex-1 flex-col-reverse overflow-y-auto -outline-offset-2"
    >
      <ol className="flex flex-col gap-2.5 p-4">
        {query.hasNextPage && (
          <li className="text-center">
            <Older
              isPending={query.isFetchingNextPage}
              onWanted={() => void query.fetchNextPage()}
            />
          </li>
        )}
        {messages.map((message, index) => {
          const before = messages[index - 1];
          const startsDay =
            before === undefined || dayOf(before.created_at) !== dayOf(message.created_at);
          return (
            <Fragment key={message.id}>
              {startsDay && (
                <li className="py-1 text-center text-caption font-medium text-faint">
                  {formatDate(new Date(message.created_at))}
                </li>
              )}
              {message.id === firstUnread && (
                <li className="flex items-center gap-3 text-caption font-medium text-accent before:h-px before:flex-1 before:bg-accent after:h-px after:flex-1 after:bg-accent">
                  {t('unread_marker')}
                </li>
              )}
              <Bubble
                message={message}
                organisationId={organisationId}
                isLastRead={message.id === lastRead?.id}
              />
            </Fragment>
          );
        })}
        {waiting.map((one) => (
          <OutgoingBubble key={one.clientId} one={one} onRetry={onRetry} onDiscard={onDiscard} />
        ))}
      </ol>
    </div>
  );
}

/** The first message that was unread when the conversation was opened; it keeps its mark while it is open. */
function useFirstUnread(
  marks:
    readonly { user_id: string; organisation_id: string; last_read_sequence: number }[] | undefined,
  messages: readonly MessageView[],
): string | null {
  const session = useSession();
  const [first, setFirst] = useState<string | null | undefined>(undefined);
  if (first === undefined && marks !== undefined && session != null) {
    const own = marks.find(
      (mark) =>
        mark.user_id === session.user.id && mark.organisation_id === session.organisation.id,
    );
    const read = own?.last_read_sequence ?? 0;
    setFirst(messages.find(({ sequence, mine }) => sequence > read && !mine)?.id ?? null);
  }
  return first ?? null;
}

/** Asks for older messages once it comes into view; also a button, for those who do not scroll. */
function Older({ isPending, onWanted }: { isPending: boolean; onWanted: () => void }): ReactNode {
  const { t } = useTranslation('conversations');
  const button = useRef<HTMLButtonElement>(null);
  const latest = useRef(onWanted);
  useEffect(() => {
    latest.current = onWanted;
  });
  useEffect(() => {
    if (button.current === null || isPending) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) latest.current();
    });
    observer.observe(button.current);
    return () => observer.disconnect();
  }, [isPending]);
  return (
    <Button ref={button} size="small" variant="quiet" isPending={isPending} onClick={onWanted}>
      {t('older')}
    </Button>
  );
}
