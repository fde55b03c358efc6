import { useQuery } from '@tanstack/react-query';
import { Globe } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCategoryNames } from '@/shared/categories/tree';
import { formatNumber } from '@/shared/money/money';
import { Awaiting } from '@/shared/ui/awaiting';
import { DocumentDescription, PageBody, PageHeader, Section } from '@/shared/ui/page';
import { PageSkeleton } from '@/shared/ui/states';
import { Avatar, DateTime } from '@/shared/ui/values';
import { classes } from '@/shared/ui/classes';

import { type Seller, sellerQuery } from '../api/queries';
import { placeOf } from '../components/seller-card';

interface SellerPageProps {
  sellerId: string;
  /** The category that the goods are narrowed to. */
  category: string | undefined;
  onCategory: (categoryId: string | undefined) => void;
  /** What buyers gave for their goods. */
  rating: (mean: number, count: number) => ReactNode;
  standing: (seller: Seller) => ReactNode;
  goods: (seller: Seller) => ReactNode;
}

/** The page of a seller: who they are, what they sell, and how to trade with them. */
export function SellerPage(props: SellerPageProps): ReactNode {
  const query = useQuery(sellerQuery(props.sellerId));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  return <Shown seller={data} {...props} />;
}

function Shown({
  seller,
  category,
  onCategory,
  rating,
  standing,
  goods,
}: SellerPageProps & { seller: Seller }): ReactNode {
  const { t } = useTranslation('catalogue');
  const names = useCategoryNames();
  return (
    <PageBody>
      <DocumentDescription text={seller.description || t('seller.text', { name: seller.name })} />
      <div className="flex flex-col gap-4 sm:flex-row sm:items-start">
        <Avatar name={seller.name} url={seller.logo_url} size="large" isOrganisation />
        <div className="flex min-w-0 flex-1 flex-col gap-3">
          <PageHeader
            title={seller.name}
            eyebrow={t('seller.title')}
            text={<Facts seller={seller} rating={rating} />}
          />
          {seller.description !== '' && (
            <p className="max-w-prose text-reading whitespace-pre-line">{seller.description}</p>
          )}
          {seller.website !== null && seller.website !== '' && (
            <a
              href={seller.website}
              rel="nofollow noopener"
              target="_blank"
              className="inline-flex items-center gap-1.5 self-start rounded-base text-body text-accent underline underline-offset-3"
            >
              <Globe aria-hidden className="size-4" />
              {seller.website.replace(/^https?:\/\//, '').replace(/\/$/, '')}
            </a>
          )}
        </div>
        <div className="w-full shrink-0 sm:w-72">{standing(seller)}</div>
      </div>
      {seller.categories.length > 1 && (
        <nav aria-label={t('seller.categories')}>
          <ul className="flex flex-wrap gap-2">
            {seller.categories.map((one) => {
              const isChosen = one.id === category;
              return (
                <li key={one.id}>
                  <button
                    type="button"
                    aria-pressed={isChosen}
                    onClick={() => onCategory(isChosen ? undefined : one.id)}
                    className={classes(
                      'inline-flex h-8 items-center gap-1.5 rounded-full border px-3 text-small pointer-coarse:h-11',
                      isChosen
                        ? 'border-accent bg-accent-soft font-medium text-on-accent-soft'
                        : 'border-line bg-surface hover:bg-hover',
                    )}
                  >
                    {names.of(one)}
                    <span className="text-muted tabular">{formatNumber(one.count)}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </nav>
      )}
      <Section title={t('seller.goods')}>{goods(seller)}</Section>
    </PageBody>
  );
}

function Facts({
  seller,
  rating,
}: {
  seller: Seller;
  rating: SellerPageProps['rating'];
}): ReactNode {
  const { t } = useTranslation('catalogue');
  const { sum, count } = seller.rating;
  const place = placeOf(seller);
  return (
    <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
      {place !== '' && <span>{place}</span>}
      <span>
        {t('seller.products', {
          count: seller.products_count,
          shown: formatNumber(seller.products_count),
        })}
      </span>
      {count > 0 && rating(sum / count, count)}
      {seller.since !== null && (
        <span>
          {t('seller.since')} <DateTime value={seller.since} isDay />
        </span>
      )}
    </span>
  );
}
