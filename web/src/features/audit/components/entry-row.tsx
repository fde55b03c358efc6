import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatDateTime } from '@/shared/dates/format';

import type { AuditEntry } from '../api/queries';
import { useActionWords } from './action-words';

/** One change in a line; opens its details. */
export function EntryRow({ entry, onOpen }: { entry: AuditEntry; onOpen: () => void }): ReactNode {
  const { t } = useTranslation('audit');
  const words = useActionWords();
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="grid w-full grid-cols-[1fr_auto] items-center gap-x-4 gap-y-0.5 px-4 py-2.5 text-left text-body -outline-offset-2 hover:bg-hover md:grid-cols-[11rem_10rem_1fr_1fr_auto]"
      >
        <span className="col-start-1 row-start-3 text-small text-muted tabular md:row-start-1 md:text-body">
          {formatDateTime(entry.occurred_at)}
        </span>
        <span className="col-start-1 row-start-2 truncate text-muted md:col-start-2 md:row-start-1 md:text-ink">
          {entry.actor.id === null ? t('clock') : entry.actor.name}
        </span>
        <span className="col-start-1 row-start-1 truncate font-medium md:col-start-3">
          {words.action(entry.action)}
        </span>
        <span className="col-start-1 row-start-4 truncate text-muted md:col-start-4 md:row-start-1">
          {entry.target.label === entry.actor.name ? '' : entry.target.label}
        </span>
        <ChevronRight
          aria-hidden
          className="col-start-2 row-span-4 row-start-1 size-4 text-faint md:col-start-5 md:row-span-1"
        />
      </button>
    </li>
  );
}
