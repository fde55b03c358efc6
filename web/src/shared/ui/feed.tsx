import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from './awaiting';
import { Button } from './button';
import { Card } from './page';
import { EmptyState, SkeletonRows } from './states';

/** What an infinite read of a feed offers, as `useInfiniteQuery` returns it. */
export interface FeedQuery<Item> {
  data: { pages: { items: Item[] }[] } | undefined;
  error: Error | null;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

interface FeedProps<Item> {
  query: FeedQuery<Item>;
  /** Filters above the items. */
  filters?: ReactNode;
  /** What an empty feed without filters says. */
  empty: ReactNode;
  isFiltered?: boolean;
  onReset?: () => void;
  children: (items: Item[]) => ReactNode;
}

/** A list that is read by cursor: newest first, older ones on demand, and always one of the four states. */
export function Feed<Item>(props: FeedProps<Item>): ReactNode {
  const { query, filters } = props;
  const { t } = useTranslation('ui');
  return (
    <Card isFlush>
      {filters !== undefined && (
        <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
          {filters}
        </div>
      )}
      <FeedContent {...props} />
      {query.hasNextPage && (
        <div className="flex justify-center border-t border-line p-3">
          <Button
            variant="quiet"
            isPending={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('feed.more')}
          </Button>
        </div>
      )}
    </Card>
  );
}

function FeedContent<Item>({
  query,
  empty,
  isFiltered = false,
  onReset,
  children,
}: FeedProps<Item>): ReactNode {
  const { t } = useTranslation('ui');
  if (query.data === undefined) return <Awaiting query={query} skeleton={<SkeletonRows />} />;
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length > 0) return children(items);
  if (!isFiltered) return empty;
  return (
    <EmptyState
      title={t('table.nothing_matches')}
      text={t('table.nothing_matches_text')}
      {...(onReset === undefined
        ? {}
        : { action: <Button onClick={onReset}>{t('table.reset_filters')}</Button> })}
    />
  );
}
