import { CheckCheck, CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatDateTime } from '@/shared/dates/format';
import { Button } from '@/shared/ui/button';
import { classes } from '@/shared/ui/classes';
import { FileList } from '@/shared/ui/file-list';

import type { Outgoing } from '../api/use-sending';
import type { MessageView } from '../api/types';
import { useSystemText } from './system-text';

type Whose = 'mine' | 'ours' | 'theirs';

interface BubbleProps {
  message: MessageView;
  organisationId: string;
  /** The other side has seen it; only the last such message says so. */
  isLastRead: boolean;
}

/** One message: one's own at the right, a colleague's and the other side's at the left. */
export function Bubble({ message, organisationId, isLastRead }: BubbleProps): ReactNode {
  const { t } = useTranslation('conversations');
  const systemText = useSystemText();
  if (message.code !== null) {
    return (
      <li className="px-4 text-center text-small text-muted">
        {systemText(message.code, message.params)} <Clock at={message.created_at} />
      </li>
    );
  }
  const whose: Whose = message.mine
    ? 'mine'
    : message.author_organisation_id === organisationId
      ? 'ours'
      : 'theirs';
  return (
    <Frame whose={whose} author={message.author_name}>
      {message.body !== '' && (
        <p className="text-body break-words whitespace-pre-line">{message.body}</p>
      )}
      {message.attachments.length > 0 && <FileList files={message.attachments} />}
      <p className="flex items-center justify-end gap-1 text-caption">
        <Clock at={message.created_at} />
        {isLastRead && (
          <span className="inline-flex items-center gap-0.5">
            <CheckCheck aria-hidden className="size-3.5" />
            {t('read')}
          </span>
        )}
      </p>
    </Frame>
  );
}

interface OutgoingBubbleProps {
  one: Outgoing;
  onRetry: (one: Outgoing) => void;
  onDiscard: (one: Outgoing) => void;
}

/** A message on its way; one that did not arrive can be sent again. */
export function OutgoingBubble({ one, onRetry, onDiscard }: OutgoingBubbleProps): ReactNode {
  const { t } = useTranslation(['conversations', 'ui']);
  return (
    <Frame whose="mine" author="">
      {one.body !== '' && <p className="text-body break-words whitespace-pre-line">{one.body}</p>}
      {one.files.length > 0 && <FileList files={one.files} />}
      {one.problem === null ? (
        <p className="text-right text-caption">{t('sending')}</p>
      ) : (
        <div role="alert" className="flex flex-col items-end gap-1.5">
          <p className="flex items-center gap-1 text-caption text-stopped">
            <CircleAlert aria-hidden className="size-3.5 shrink-0" />
            {one.problem}
          </p>
          <span className="flex gap-1.5">
            <Button size="small" onClick={() => onDiscard(one)}>
              {t('discard')}
            </Button>
            <Button size="small" onClick={() => onRetry(one)}>
              {t('ui:retry')}
            </Button>
          </span>
        </div>
      )}
    </Frame>
  );
}

const LOOKS: Record<Whose, string> = {
  mine: 'self-end bg-accent-soft text-on-accent-soft',
  ours: 'self-start bg-sunken text-ink',
  theirs: 'self-start border border-line bg-surface text-ink',
};

function Frame({
  whose,
  author,
  children,
}: {
  whose: Whose;
  author: string;
  children: ReactNode;
}): ReactNode {
  const { t } = useTranslation('conversations');
  return (
    <li
      className={classes('flex max-w-[85%] flex-col', whose === 'mine' ? 'self-end' : 'self-start')}
    >
      {whose === 'mine' ? (
        <span className="sr-only">{t('you')}</span>
      ) : (
        <span className="mb-0.5 px-1 text-caption text-muted">
          {author}
          {whose === 'ours' && ` · ${t('colleague')}`}
        </span>
      )}
      <div className={classes('flex flex-col gap-1.5 rounded-base px-3 py-2', LOOKS[whose])}>
        {children}
      </div>
    </li>
  );
}

/** The time of day; the whole moment is its title. */
function Clock({ at }: { at: string }): ReactNode {
  const moment = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return (
    <time dateTime={at} title={formatDateTime(at)} className="text-caption tabular">
      {two(moment.getHours())}:{two(moment.getMinutes())}
    </time>
  );
}
