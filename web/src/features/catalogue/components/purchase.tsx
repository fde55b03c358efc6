import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { currentLanguage } from '@/shared/i18n/i18n';
import { nameIn } from '@/shared/i18n/names';
import { useCan } from '@/shared/session/session';
import { ButtonLink } from '@/shared/ui/link';

import type { ProductView, VariantView } from '../api/types';
import { AddToCart } from './add-to-cart';

interface PurchaseProps {
  product: ProductView;
  variant: VariantView | undefined;
  /** The reader's company trades with the seller. */
  isLinked: boolean;
  isOwn: boolean;
}

/** How this reader gets the product; nothing for whoever has to ask for a link first. */
export function Purchase({ product, variant, isLinked, isOwn }: PurchaseProps): ReactNode {
  const { t } = useTranslation('catalogue');
  const can = useCan();
  if (isOwn) {
    return (
      <div className="flex flex-wrap items-center gap-3 text-body">
        {t('product.own')}
        <ButtonLink to="/app/products/$productId" params={{ productId: product.id }}>
          {t('product.edit')}
        </ButtonLink>
      </div>
    );
  }
  if (!isLinked) return null;
  if (!can('cart:write')) return <p className="text-body text-muted">{t('buy.no_right')}</p>;
  if (product.has_variants && variant === undefined) {
    return <p className="text-body text-muted">{t('buy.choose_variant')}</p>;
  }
  const bought = variant ?? product;
  return (
    <AddToCart
      key={bought.id}
      productId={bought.id}
      name={nameIn(product.names, currentLanguage())}
      packing={product}
      unit={product.unit}
    />
  );
}
