import { PackageOpen, SearchX } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { classes } from '@/shared/ui/classes';
import { Pagination } from '@/shared/ui/data-table/pagination';
import { ButtonLink } from '@/shared/ui/link';
import { Card } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';

import type { Goods } from '../model/goods';
import { GoodsGrid, GoodsGridSkeleton } from './goods-grid';

/** A page of goods. */
export interface GoodsPage {
  items: Goods[];
  page: number;
  size: number;
  total: number;
  pages: number;
}

interface ResultsProps {
  /** Nothing while it is on its way, or could not be read. */
  found: GoodsPage | undefined;
  error: Error | null;
  onRetry: () => void;
  /** What is shown is still the page before. */
  isStale: boolean;
  words: string | undefined;
  isNarrowed: boolean;
  onClear: () => void;
  onSearch: ComponentProps<typeof Pagination>['onSearch'];
  /** Where goods stand right below the page's title. */
  heading?: 'h2' | 'h3';
  corner?: ((goods: Goods) => ReactNode) | undefined;
  footer?: ((goods: Goods) => ReactNode) | undefined;
}

/** Goods that were found, in all the states that a list has. */
export function Results({
  found,
  error,
  onRetry,
  isStale,
  words,
  isNarrowed,
  onClear,
  onSearch,
  heading = 'h2',
  corner,
  footer,
}: ResultsProps): ReactNode {
  if (found === undefined) {
    const query = { error, refetch: onRetry };
    return <Awaiting query={query} skeleton={<GoodsGridSkeleton />} isInCard />;
  }
  if (found.items.length === 0) {
    return (
      <Card>
        <Nothing words={words} isNarrowed={isNarrowed} onClear={onClear} />
      </Card>
    );
  }
  return (
    <div aria-busy={isStale} className={classes(isStale && 'opacity-60')}>
      <GoodsGrid
        items={found.items}
        heading={heading}
        {...(corner === undefined ? {} : { corner })}
        {...(footer === undefined ? {} : { footer })}
      />
      <div className="mt-3">
        <Pagination {...found} onSearch={onSearch} />
      </div>
    </div>
  );
}

function Nothing({
  words,
  isNarrowed,
  onClear,
}: Pick<ResultsProps, 'words' | 'isNarrowed' | 'onClear'>): ReactNode {
  const { t } = useTranslation('catalogue');
  const request = (
    <ButtonLink to="/app/requests/new" variant="primary">
      {t('publish_request')}
    </ButtonLink>
  );
  if (isNarrowed) {
    return (
      <EmptyState
        icon={SearchX}
        title={t('empty_filters')}
        text={t('empty_filters_text')}
        action={<Button onClick={onClear}>{t('filters.clear')}</Button>}
      />
    );
  }
  if (words !== undefined && words !== '') {
    return (
      <EmptyState
        icon={SearchX}
        title={t('empty_search', { words })}
        text={t('empty_search_text')}
        action={
          <>
            {request}
            <ButtonLink to="/catalogue">{t('to_catalogue')}</ButtonLink>
          </>
        }
      />
    );
  }
  return (
    <EmptyState icon={PackageOpen} title={t('empty')} text={t('empty_text')} action={request} />
  );
}
