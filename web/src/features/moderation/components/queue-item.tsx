import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useFindingWords } from '@/shared/goods/finding-words';
import { nameNow } from '@/shared/i18n/names';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { Picture } from '@/shared/ui/picture';
import { RelativeTime } from '@/shared/ui/values';

import type { ModerationItem } from '../api/queries';
import { fieldChanges, valueText } from '../model/changes';

interface QueueItemProps {
  item: ModerationItem;
  isFirst: boolean;
  isPending: boolean;
  onApprove: () => void;
  onReject: () => void;
}

/** One thing that waits: what the seller says and shows, and why somebody has to look. */
export function QueueItem(props: QueueItemProps): ReactNode {
  const { item, isFirst, isPending, onApprove, onReject } = props;
  const { t } = useTranslation('moderation');
  const texts = [
    ...Object.entries(item.names).map(([language, text]) => ({
      key: `n-${language}`,
      language,
      text,
    })),
    ...Object.entries(item.descriptions).map(([language, text]) => ({
      key: `d-${language}`,
      language,
      text,
    })),
  ];
  return (
    // The list hears the keys of its items, which are walked by arrows.
    <li
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the arrows land on it
      tabIndex={isFirst ? 0 : -1}
      data-id={item.id}
      className="flex flex-col gap-3 px-4 py-4 outline-offset-[-2px] sm:px-5"
    >
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 text-reading font-semibold">
            {nameNow(item)}
            <Badge tone={item.kind === 'product' ? 'open' : 'waiting'}>
              {t(`kinds.${item.kind}`)}
            </Badge>
          </p>
          <p className="text-small text-muted">
            {item.organisation.name} · {item.sku} · <RelativeTime value={item.waiting_since} />
          </p>
        </div>
        <div className="flex gap-2">
          <Button size="small" icon={X} disabled={isPending} onClick={onReject}>
            {t('reject')}
          </Button>
          <Button size="small" icon={Check} disabled={isPending} onClick={onApprove}>
            {t('approve')}
          </Button>
        </div>
      </div>
      {item.findings.length > 0 && (
        <ul className="flex flex-col gap-1">
          {item.findings.map((finding) => (
            <Found key={`${finding.code}-${finding.field}-${finding.detail}`} finding={finding} />
          ))}
        </ul>
      )}
      {item.images.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {item.images.map((image) => (
            <li key={image.id}>
              <Picture
                picture={image}
                sizes="6rem"
                alt={nameNow(item)}
                className="size-24 rounded-base border border-line"
              />
            </li>
          ))}
        </ul>
      )}
      <dl className="grid gap-x-6 gap-y-1 text-body sm:grid-cols-2">
        {texts.map(({ key, language, text }) => (
          <div key={key} className="min-w-0">
            <dt className="sr-only">{language}</dt>
            <dd lang={language} className="line-clamp-4 break-words whitespace-pre-line">
              {text}
            </dd>
          </div>
        ))}
      </dl>
      <Changes item={item} />
    </li>
  );
}

function Found({ finding }: { finding: ModerationItem['findings'][number] }): ReactNode {
  const { title, place } = useFindingWords()(finding);
  return (
    <li className="flex items-start gap-2 text-small">
      <Badge tone="stopped">{title}</Badge>
      <span className="min-w-0 break-words text-muted">{place}</span>
    </li>
  );
}

function Changes({ item }: { item: ModerationItem }): ReactNode {
  const { t } = useTranslation('moderation');
  // A field that the server begins to report has no words yet: it shows its own name.
  const name = t as unknown as (key: string, fallback: string) => string;
  const changes = fieldChanges(item.changes);
  if (changes.length === 0) return null;
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left text-small">
        <thead className="text-muted">
          <tr>
            <th className="py-1 pr-4 font-normal">{t('field')}</th>
            <th className="py-1 pr-4 font-normal">{t('before')}</th>
            <th className="py-1 font-normal">{t('after')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, before, after }) => (
            <tr key={field} className="border-t border-line align-top">
              <th className="py-1.5 pr-4 font-medium">{name(`fields.${field}`, field)}</th>
              <td className="py-1.5 pr-4 whitespace-pre-line text-muted">{valueText(before)}</td>
              <td className="py-1.5 whitespace-pre-line">{valueText(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
