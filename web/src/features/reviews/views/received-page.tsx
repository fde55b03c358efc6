import { useQuery } from '@tanstack/react-query';
import { MessageSquareText } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Pagination } from '@/shared/ui/data-table/pagination';
import { type SearchPatch } from '@/shared/ui/data-table/search';
import { FilterBar } from '@/shared/ui/filter-bar';
import { Link } from '@/shared/ui/link';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';

import { type ReceivedSearch, receivedQuery } from '../api/desk';
import { ReviewItem } from '../components/review-item';
import { reviewedName } from '../model/reviewed';

const STARS = [5, 4, 3, 2, 1] as const;

interface ReceivedPageProps {
  search: ReceivedSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** What buyers say of the organisation's goods, and its answers. */
export function ReceivedPage({ search, onSearch }: ReceivedPageProps): ReactNode {
  const { t } = useTranslation('reviews');
  return (
    <PageBody>
      <PageHeader title={t('received.title')} text={t('received.text')} />
      <Card isFlush>
        <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
          <FilterBar
            hasSearch={false}
            onSearch={(patch) => onSearch({ page: undefined, ...typed(patch) })}
            filters={[
              {
                name: 'answered',
                label: t('received.answered'),
                value: search.answered === undefined ? undefined : String(search.answered),
                choices: [
                  { value: 'false', label: t('received.unanswered') },
                  { value: 'true', label: t('received.with_answer') },
                ],
              },
              {
                name: 'rating',
                label: t('received.rating'),
                value: search.rating === undefined ? undefined : String(search.rating),
                choices: STARS.map((stars) => ({
                  value: String(stars),
                  label: t('stars', { count: stars }),
                })),
              },
            ]}
          />
        </div>
        <Received search={search} onSearch={onSearch} />
      </Card>
    </PageBody>
  );
}

/** A list of choices gives words where the address has a yes or no, or a number. */
function typed(patch: SearchPatch): SearchPatch {
  const { answered, rating } = patch;
  return {
    ...('answered' in patch
      ? { answered: answered === 'true' ? true : answered === 'false' ? false : undefined }
      : {}),
    ...('rating' in patch ? { rating: Number(rating) > 0 ? Number(rating) : undefined } : {}),
  };
}

function Received({ search, onSearch }: ReceivedPageProps): ReactNode {
  const { t } = useTranslation('reviews');
  const query = useQuery(receivedQuery(search));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<SkeletonRows />} />;
  if (data.total === 0) {
    const isNarrowed = search.answered !== undefined || search.rating !== undefined;
    return (
      <EmptyState
        icon={MessageSquareText}
        title={t(isNarrowed ? 'received.none' : 'empty')}
        text={t(isNarrowed ? 'received.none_text' : 'received.empty_text')}
      />
    );
  }
  return (
    <>
      <ul aria-label={t('received.title')} className="divide-y divide-line">
        {data.items.map((review) => (
          <li key={review.id} className="px-4 pt-3 sm:px-5">
            <Link to="/products/$productId" params={{ productId: review.product_id }}>
              {reviewedName(review)}
            </Link>
            <ReviewItem review={review} />
          </li>
        ))}
      </ul>
      <Pagination {...data} onSearch={onSearch} />
    </>
  );
}
