import { useQuery } from '@tanstack/react-query';
import { MessageSquareText } from 'lucide-react';
import type { ReactNode } from 'react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { loadWords } from '@/shared/i18n/i18n';
import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { Select } from '@/shared/ui/input';
import { Section } from '@/shared/ui/page';
import { EmptyState, SkeletonText } from '@/shared/ui/states';

import { type ReviewSearch, reviewsQuery } from '../api/queries';
import { RatingSummary } from './rating-summary';
import { ReviewItem } from './review-item';

// The form comes with whoever writes: most readers only read.
const ReviewDialog = lazy(async () => {
  const [{ ReviewDialog: Form }] = await Promise.all([
    import('../forms/review-dialog'),
    loadWords('problems', 'validation'),
  ]);
  return { default: Form };
});

/** What buyers say of a product, for its page; whoever has had it writes here. Needs the words of `reviews`. */
export function ProductReviews({ productId }: { productId: string }): ReactNode {
  const { t } = useTranslation('reviews');
  const [search, setSearch] = useState<ReviewSearch>({
    page: 1,
    rating: null,
    sort: '-published_at',
  });
  const [isWriting, setIsWriting] = useState(false);
  const query = useQuery(reviewsQuery(productId, search));
  const { data } = query;
  const change = (patch: Partial<ReviewSearch>): void =>
    setSearch((current) => ({ ...current, page: 1, ...patch }));
  if (data === undefined) {
    return (
      <Section title={t('title')}>
        <Awaiting query={query} skeleton={<SkeletonText lines={4} />} />
      </Section>
    );
  }
  const { own, summary, items } = data;
  const others = items.filter((one) => one.id !== own?.id);
  const write = data.may_review && <Button onClick={() => setIsWriting(true)}>{t('write')}</Button>;
  return (
    <Section title={t('title')} actions={write}>
      {summary.count > 0 && (
        <RatingSummary
          summary={summary}
          chosen={search.rating}
          onChoose={(rating) => change({ rating })}
        />
      )}
      {own !== null && <ReviewItem review={own} onEdit={() => setIsWriting(true)} />}
      {summary.count === 0 && own === null && (
        <EmptyState icon={MessageSquareText} title={t('empty')} text={t('empty_text')} />
      )}
      {others.length > 1 && (
        <div className="w-52">
          <Select
            aria-label={t('sort.label')}
            value={search.sort}
            onChange={(event) => change({ sort: event.target.value as ReviewSearch['sort'] })}
            choices={[
              { value: '-published_at', label: t('sort.newest') },
              { value: '-rating', label: t('sort.best') },
              { value: 'rating', label: t('sort.worst') },
            ]}
          />
        </div>
      )}
      <ul className="divide-y divide-line">
        {others.map((review) => (
          <li key={review.id}>
            <ReviewItem review={review} onEdit={() => setIsWriting(true)} />
          </li>
        ))}
      </ul>
      {data.pages > 1 && (
        <div className="flex gap-2">
          <Button
            disabled={search.page <= 1}
            onClick={() => setSearch({ ...search, page: search.page - 1 })}
          >
            {t('newer')}
          </Button>
          <Button
            disabled={search.page >= data.pages}
            onClick={() => setSearch({ ...search, page: search.page + 1 })}
          >
            {t('older')}
          </Button>
        </div>
      )}
      {isWriting && (
        <Suspense>
          <ReviewDialog productId={productId} own={own} onClose={() => setIsWriting(false)} />
        </Suspense>
      )}
    </Section>
  );
}
