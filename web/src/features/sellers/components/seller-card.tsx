import { Truck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { components } from '@/shared/api/schema';
import { countryName } from '@/shared/countries/countries';
import { formatMoney, formatNumber } from '@/shared/money/money';
import { ButtonLink, Link } from '@/shared/ui/link';
import { Card } from '@/shared/ui/page';
import { Avatar } from '@/shared/ui/values';

import type { Seller } from '../api/queries';

export type LinkTerms = components['schemas']['LinkTermsView'];

interface SellerCardProps {
  /** What is known at once; the rest comes with the seller. */
  id: string;
  name: string;
  seller: Seller | undefined;
  /** Of the reader's trading link. */
  terms: LinkTerms | null;
  /** How the reader stands to the seller, and the next step. */
  standing: ReactNode;
}

/** Who sells a product, how it is delivered, and how one comes to trade with them. */
export function SellerCard({ id, name, seller, terms, standing }: SellerCardProps): ReactNode {
  const { t } = useTranslation('catalogue');
  return (
    <Card className="flex flex-col gap-4">
      <div className="flex items-center gap-3">
        <Avatar name={name} url={seller?.logo_url ?? null} isOrganisation />
        <div className="min-w-0 flex-1">
          <p className="text-small text-muted">{t('product.sold_by')}</p>
          <p className="text-reading font-semibold break-words">
            <Link to="/sellers/$sellerId" params={{ sellerId: id }} className="text-ink">
              {name}
            </Link>
          </p>
          {seller !== undefined && (
            <p className="text-small text-muted">
              {[placeOf(seller), goodsOf(seller, t)].filter((part) => part !== '').join(' · ')}
            </p>
          )}
        </div>
      </div>
      {standing}
      <Delivery terms={terms} />
      <ButtonLink to="/sellers/$sellerId" params={{ sellerId: id }} size="small">
        {t('product.seller_page')}
      </ButtonLink>
    </Card>
  );
}

function Delivery({ terms }: { terms: LinkTerms | null }): ReactNode {
  const { t } = useTranslation('catalogue');
  const days = terms?.delivery_days ?? null;
  const minimum = terms?.minimum_order ?? null;
  const payment = terms?.payment_days ?? null;
  return (
    <div className="flex gap-3 border-t border-line pt-4">
      <Truck aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />
      <div className="flex flex-col gap-0.5 text-small text-muted">
        <p className="text-body font-medium text-ink">{t('product.delivery')}</p>
        <p>
          {days === null ? t('product.delivery_text') : t('product.delivery_days', { count: days })}
        </p>
        {minimum !== null && <p>{t('product.minimum_order', { amount: formatMoney(minimum) })}</p>}
        {payment !== null && <p>{t('product.payment_days', { count: payment })}</p>}
      </div>
    </div>
  );
}

/** The city and the country of a seller, as far as they say. */
export function placeOf({ city, country }: Pick<Seller, 'city' | 'country'>): string {
  return [city, country === '' ? '' : countryName(country)]
    .filter((part) => part !== '')
    .join(', ');
}

function goodsOf(
  seller: Seller,
  t: (key: 'seller.products', values: { count: number; shown: string }) => string,
): string {
  const count = seller.products_count;
  return t('seller.products', { count, shown: formatNumber(count) });
}
