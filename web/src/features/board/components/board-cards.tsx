import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCategories } from '@/shared/categories/categories';
import { countryName } from '@/shared/countries/countries';
import { Badge } from '@/shared/ui/badge';
import { Countdown, Money } from '@/shared/ui/values';

import type { BoardItem, BoardPlace } from '../api/types';
import { RequestLink } from './request-link';

/** Open requests as cards: what is wanted, by whom, where and until when. */
export function BoardCards({
  items,
  place,
}: {
  items: readonly BoardItem[];
  place: BoardPlace;
}): ReactNode {
  return (
    <ul className="grid gap-3 md:grid-cols-2">
      {items.map((item) => (
        <BoardCard key={item.id} item={item} place={place} />
      ))}
    </ul>
  );
}

function BoardCard({ item, place }: { item: BoardItem; place: BoardPlace }): ReactNode {
  const { t } = useTranslation('board');
  const categories = useCategories();
  const where = [
    item.delivery_place,
    item.delivery_country === null ? '' : countryName(item.delivery_country),
  ]
    .filter((part) => part !== '')
    .join(', ');
  return (
    <li className="relative flex flex-col gap-2.5 rounded-base border border-line bg-surface p-4 hover:border-control">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-small text-muted">
        <span>{categories.label(item.category)}</span>
        <RequestMarks item={item} />
      </div>
      <h2 className="text-reading font-semibold">
        <RequestLink
          requestId={item.id}
          place={place}
          className="text-ink decoration-transparent before:absolute before:inset-0 hover:text-accent"
        >
          {item.title}
        </RequestLink>
      </h2>
      {item.excerpt !== '' && <p className="line-clamp-2 text-body text-muted">{item.excerpt}</p>}
      <p className="text-small text-muted">
        {[item.organisation.name, where].filter((part) => part !== '').join(' · ')}
      </p>
      <div className="mt-auto flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-t border-line pt-2.5 text-small">
        <span className="text-muted">
          {t('quotes_until')} <Countdown deadline={item.quotes_due_at} />
        </span>
        <span className="flex items-baseline gap-3">
          <span className="text-muted">{t('lines', { count: item.lines_count })}</span>
          {item.budget !== null && (
            <Money value={item.budget} className="text-body font-semibold text-ink" />
          )}
        </span>
      </div>
    </li>
  );
}

/** What the request is to the reader: their own, one they were invited to or have quoted for. */
export function RequestMarks({ item }: { item: BoardItem }): ReactNode {
  const { t } = useTranslation('board');
  return (
    <span className="flex flex-wrap gap-1.5">
      {item.own && <Badge tone="draft">{t('marks.own')}</Badge>}
      {item.invited && <Badge tone="waiting">{t('marks.invited')}</Badge>}
      {item.quoted && <Badge tone="done">{t('marks.quoted')}</Badge>}
      {item.sealed && <Badge tone="open">{t('marks.sealed')}</Badge>}
    </span>
  );
}
