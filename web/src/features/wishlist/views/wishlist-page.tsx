import { useQuery } from '@tanstack/react-query';
import { Heart } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { currentLanguage } from '@/shared/i18n/i18n';
import { nameIn } from '@/shared/i18n/names';
import { Awaiting } from '@/shared/ui/awaiting';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { ButtonLink, Link } from '@/shared/ui/link';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { Picture } from '@/shared/ui/picture';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { Money } from '@/shared/ui/values';

import { type WishView, wishlistQuery } from '../api/queries';
import { HeartButton } from '../components/heart-button';

interface WishlistPageProps {
  page: number;
  onPage: (page: number) => void;
}

/** What the reader keeps an eye on: cheaper and back in stock are told of, and shown here. */
export function WishlistPage({ page, onPage }: WishlistPageProps): ReactNode {
  const { t } = useTranslation('reviews');
  const query = useQuery(wishlistQuery(page));
  const { data } = query;
  return (
    <PageBody>
      <PageHeader title={t('wish.title')} text={t('wish.text')} />
      {data === undefined ? (
        <Awaiting query={query} skeleton={<SkeletonRows rows={4} />} />
      ) : data.items.length === 0 ? (
        <Card>
          <EmptyState
            icon={Heart}
            title={t('wish.empty')}
            text={t('wish.empty_text')}
            action={
              <ButtonLink to="/catalogue" variant="primary">
                {t('wish.to_catalogue')}
              </ButtonLink>
            }
          />
        </Card>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {data.items.map((wish) => (
            <li key={wish.product.id}>
              <Wish wish={wish} />
            </li>
          ))}
        </ul>
      )}
      {data !== undefined && data.pages > 1 && (
        <div className="flex gap-2">
          <Button disabled={page <= 1} onClick={() => onPage(page - 1)}>
            {t('newer')}
          </Button>
          <Button disabled={page >= data.pages} onClick={() => onPage(page + 1)}>
            {t('older')}
          </Button>
        </div>
      )}
    </PageBody>
  );
}

function Wish({ wish }: { wish: WishView }): ReactNode {
  const { t } = useTranslation('reviews');
  const { product } = wish;
  const price = product.your_tiers?.[0]?.price ?? product.price;
  const isCheaper =
    price.currency === wish.price_then.currency && price.amount < wish.price_then.amount;
  return (
    <Card className="flex h-full gap-4">
      <div className="size-24 shrink-0 overflow-hidden rounded-base bg-sunken">
        {product.image !== null && <Picture picture={product.image} sizes="96px" alt="" />}
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <Link
          to="/products/$productId"
          params={{ productId: product.id }}
          className="line-clamp-2 font-medium"
        >
          {nameIn(product.names, currentLanguage())}
        </Link>
        <p className="truncate text-small text-muted">{product.organisation.name}</p>
        <p className="flex flex-wrap items-baseline gap-2">
          <Money value={price} className="font-semibold" />
          {isCheaper && (
            <s className="text-small text-muted">
              <Money value={wish.price_then} />
            </s>
          )}
        </p>
        <div className="mt-auto flex items-center justify-between">
          <Badge tone={Number(product.available) > 0 ? 'done' : 'draft'}>
            {Number(product.available) > 0 ? t('wish.in_stock') : t('wish.out_of_stock')}
          </Badge>
          <HeartButton productId={product.id} />
        </div>
      </div>
    </Card>
  );
}
