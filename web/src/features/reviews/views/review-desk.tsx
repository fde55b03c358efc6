import { useQuery } from '@tanstack/react-query';
import { Check, Flag, ShieldCheck, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useFindingWords } from '@/shared/goods/finding-words';
import { Awaiting } from '@/shared/ui/awaiting';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { ReasonDialog } from '@/shared/ui/confirm';
import { Pagination } from '@/shared/ui/data-table/pagination';
import { type SearchPatch, type TableSearch } from '@/shared/ui/data-table/search';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';

import { type ReviewDeskItem, useRule, waitingReviewsQuery } from '../api/desk';
import type { ReviewView } from '../api/queries';
import { ReviewItem } from '../components/review-item';
import { reviewedName } from '../model/reviewed';

interface ReviewDeskProps {
  search: TableSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** Reviews that wait for a moderator: stopped by the checks, or reported by readers. */
export function ReviewDesk({ search, onSearch }: ReviewDeskProps): ReactNode {
  const { t } = useTranslation('reviews');
  const query = useQuery(waitingReviewsQuery(search));
  const { data } = query;
  const rule = useRule();
  const [hidden, setHidden] = useState<ReviewView | null>(null);
  if (data === undefined) return <Awaiting query={query} skeleton={<SkeletonRows />} />;
  if (data.total === 0) {
    return <EmptyState icon={ShieldCheck} title={t('desk.empty')} text={t('desk.empty_text')} />;
  }
  const keep = ({ id, version }: ReviewView): void =>
    rule.mutate({ id, version, reason: null }, { onSuccess: () => showDone(t('desk.kept')) });
  return (
    <>
      <ul aria-label={t('desk.title')} className="divide-y divide-line">
        {data.items.map((item) => (
          <Waiting
            key={item.review.id}
            item={item}
            isPending={rule.isPending}
            onKeep={() => keep(item.review)}
            onHide={() => setHidden(item.review)}
          />
        ))}
      </ul>
      <Pagination {...data} onSearch={onSearch} />
      <ReasonDialog
        isOpen={hidden !== null}
        onClose={() => setHidden(null)}
        title={t('desk.hide_title', {
          name: hidden === null ? '' : reviewedName(hidden),
        })}
        text={t('desk.hide_text')}
        submitLabel={t('desk.hide')}
        isRequired
        isDangerous
        onSubmit={async (reason) => {
          if (hidden === null) return;
          await rule.mutateAsync({ id: hidden.id, version: hidden.version, reason });
          showDone(t('desk.hidden'));
        }}
      />
    </>
  );
}

interface WaitingProps {
  item: ReviewDeskItem;
  isPending: boolean;
  onKeep: () => void;
  onHide: () => void;
}

function Waiting({ item, isPending, onKeep, onHide }: WaitingProps): ReactNode {
  const { t } = useTranslation('reviews');
  const words = useFindingWords();
  const { review, reports } = item;
  return (
    <li className="flex flex-col gap-1 px-4 pt-4 sm:px-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="text-reading font-semibold">{reviewedName(review)}</p>
          <p className="text-small text-muted">{review.seller.name}</p>
        </div>
        <div className="flex gap-2">
          <Button size="small" icon={X} disabled={isPending} onClick={onHide}>
            {t('desk.hide')}
          </Button>
          <Button size="small" icon={Check} disabled={isPending} onClick={onKeep}>
            {t(review.state === 'published' ? 'desk.keep' : 'desk.publish')}
          </Button>
        </div>
      </div>
      <ul className="flex flex-col gap-1 text-small">
        {review.findings.map((finding) => {
          const { title, place } = words(finding);
          return (
            <li key={`${finding.code}-${finding.field}-${finding.detail}`} className="flex gap-2">
              <Badge tone="stopped">{title}</Badge>
              <span className="min-w-0 break-words text-muted">{place}</span>
            </li>
          );
        })}
        {reports.map((reason, index) => (
          <li key={index} className="flex items-start gap-2">
            <Flag aria-hidden className="mt-0.5 size-4 shrink-0 text-stopped" />
            <span className="min-w-0 break-words">{t('desk.report', { reason })}</span>
          </li>
        ))}
      </ul>
      <ReviewItem review={review} />
    </li>
  );
}
