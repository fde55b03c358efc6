import { Package } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { currentLanguage } from '@/shared/i18n/i18n';
import { nameIn } from '@/shared/i18n/names';
import { useUnits } from '@/shared/units/units';
import { Badge } from '@/shared/ui/badge';
import { Link } from '@/shared/ui/link';
import { Picture } from '@/shared/ui/picture';
import { Money } from '@/shared/ui/values';

import type { Goods } from '../model/goods';
import { Stars } from './stars';

const CARD_SIZES = '(min-width: 64rem) 15rem, (min-width: 40rem) 33vw, 50vw';

interface ProductCardProps {
  goods: Goods;
  /** What is seen first is not put off. */
  isEager?: boolean;
  /** Of what else is on the page the name is a part of. */
  heading?: 'h2' | 'h3';
  /** Shown over the picture, such as the heart of a wishlist. */
  corner?: ReactNode;
  /** Shown below, such as a way into the cart. */
  footer?: ReactNode;
}

/** A product among others: the whole card leads to its page. */
export function ProductCard({
  goods,
  isEager = false,
  heading: Heading = 'h3',
  corner,
  footer,
}: ProductCardProps): ReactNode {
  const { t } = useTranslation(['catalogue', 'units']);
  const units = useUnits();
  const name = nameIn(goods.names, currentLanguage());
  return (
    <li className="group relative flex min-w-0 flex-col overflow-hidden rounded-base border border-line bg-surface transition-colors hover:border-control">
      <div className="relative aspect-square border-b border-line bg-sunken">
        {goods.image === null ? (
          <span className="flex size-full items-center justify-center text-faint">
            <Package aria-hidden strokeWidth={1.25} className="size-12" />
          </span>
        ) : (
          <Picture
            picture={goods.image}
            sizes={CARD_SIZES}
            isEager={isEager}
            className="size-full"
          />
        )}
        {corner !== undefined && <span className="absolute top-2 right-2 z-10">{corner}</span>}
      </div>
      <div className="flex flex-1 flex-col gap-1.5 p-3">
        <p className="flex flex-wrap items-baseline gap-x-1">
          {goods.isFamily && <span className="text-small text-muted">{t('card.from')}</span>}
          <Money value={goods.price} className="text-title font-semibold" />
          <span className="text-small text-muted">/ {units.short(goods.unit)}</span>
          {goods.listPrice !== null && (
            <s className="text-small text-muted">
              <span className="sr-only">{t('product.list_price')} </span>
              <Money value={goods.listPrice} />
            </s>
          )}
        </p>
        <Heading className="line-clamp-2 min-h-10 text-body font-medium">
          <Link
            to="/products/$productId"
            params={{ productId: goods.id }}
            className="text-ink decoration-transparent before:absolute before:inset-0 group-hover:text-accent"
          >
            {name}
          </Link>
        </Heading>
        <p className="truncate text-small text-muted">{goods.seller.name}</p>
        <div className="mt-auto flex flex-wrap items-center gap-x-3 gap-y-1 pt-1 text-small">
          <Badge tone={goods.isInStock ? 'done' : 'draft'}>
            {goods.isInStock ? t('card.in_stock') : t('card.sold_out')}
          </Badge>
          {goods.rating !== null && <Stars mean={goods.rating} count={goods.ratings} />}
          {goods.isForLinkedOnly && (
            <span className="text-small text-muted">{t('card.linked_only')}</span>
          )}
        </div>
        {footer !== undefined && <div className="relative z-10 pt-2">{footer}</div>}
      </div>
    </li>
  );
}
