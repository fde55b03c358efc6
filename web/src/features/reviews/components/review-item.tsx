import type { ReactNode } from 'react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Badge } from '@/shared/ui/badge';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog, ReasonDialog } from '@/shared/ui/confirm';
import { Picture } from '@/shared/ui/picture';
import { showDone } from '@/shared/ui/toast';
import { DateTime } from '@/shared/ui/values';

import { type ReviewView, useDeleteReview, useReport } from '../api/queries';
import { StarRow } from './star-row';

// The form comes with whoever answers: most readers only read.
const ReplyDialog = lazy(async () => ({
  default: (await import('../forms/reply-dialog')).ReplyDialog,
}));

interface ReviewItemProps {
  review: ReviewView;
  /** Where the reader's own reviews stand. */
  onEdit?: () => void;
}

/** One review with its pictures, the seller's answer, and what the reader may do with it. */
export function ReviewItem({ review, onEdit }: ReviewItemProps): ReactNode {
  const { t } = useTranslation('reviews');
  return (
    <article className="flex flex-col gap-2 py-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StarRow rating={review.rating} />
        <span className="font-medium">{review.author_name}</span>
        <span className="text-small text-muted">
          <DateTime value={review.created_at} />
          {review.edited && ` · ${t('edited')}`}
        </span>
        {review.mine && <Badge tone="draft">{t('yours')}</Badge>}
      </header>
      {review.mine && review.state === 'proposed' && <Banner>{t('waits')}</Banner>}
      {review.mine && review.state === 'rejected' && (
        <Banner>{t('refused', { reason: review.rejection_reason ?? '' })}</Banner>
      )}
      {review.text !== '' && <p className="whitespace-pre-line">{review.text}</p>}
      {review.images.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {review.images.map((image) => (
            <li key={image.id} className="size-24 overflow-hidden rounded-base">
              <Picture
                picture={image}
                sizes="96px"
                alt={t('picture_of', { name: review.author_name })}
              />
            </li>
          ))}
        </ul>
      )}
      {review.reply !== null && (
        <div className="rounded-base bg-sunken px-4 py-3">
          <p className="text-small font-medium">
            {t('reply_of', { name: review.seller.name })}
            <span className="font-normal text-muted">
              {' · '}
              <DateTime value={review.reply.replied_at} />
            </span>
          </p>
          <p className="whitespace-pre-line">{review.reply.text}</p>
        </div>
      )}
      <ReviewActions review={review} {...(onEdit === undefined ? {} : { onEdit })} />
    </article>
  );
}

function ReviewActions({ review, onEdit }: ReviewItemProps): ReactNode {
  const { t } = useTranslation('reviews');
  const [open, setOpen] = useState<'delete' | 'reply' | 'report' | null>(null);
  const remove = useDeleteReview();
  const report = useReport(review.id);
  const close = (): void => setOpen(null);
  const labels = {
    edit: t('edit'),
    delete: t('delete'),
    reply: t(review.reply === null ? 'reply' : 'reply_change'),
    report: t('report'),
  };
  if (review.actions.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {review.actions.map((action) => (
        <Button
          key={action}
          variant="quiet"
          size="small"
          onClick={() => (action === 'edit' ? onEdit?.() : setOpen(action))}
        >
          {labels[action]}
        </Button>
      ))}
      <ConfirmDialog
        isOpen={open === 'delete'}
        onClose={close}
        onConfirm={async () => {
          await remove.mutateAsync(review.id);
          showDone(t('deleted'));
        }}
        title={t('delete_title')}
        text={t('delete_text')}
        confirmLabel={t('delete')}
        isDangerous
      />
      {open === 'reply' && (
        <Suspense>
          <ReplyDialog review={review} onClose={close} />
        </Suspense>
      )}
      <ReasonDialog
        isOpen={open === 'report'}
        onClose={close}
        onSubmit={async (reason) => {
          await report.mutateAsync(reason ?? '');
          showDone(t('reported'));
        }}
        title={t('report_title')}
        text={t('report_text')}
        submitLabel={t('report')}
        isRequired
      />
    </div>
  );
}
