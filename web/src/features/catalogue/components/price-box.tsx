import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { MoneyValue } from '@/shared/api/types';
import { formatQuantity, useUnits } from '@/shared/units/units';
import { Money } from '@/shared/ui/values';

import { priceQuery } from '../api/queries';
import type { PriceTier } from '../api/types';

interface PriceBoxProps {
  /** What is bought: the variant that is chosen, else the product. */
  productId: string;
  /** Of the product itself, until the reader's own is known. */
  price: MoneyValue;
  /** A family costs at least this. */
  isFrom: boolean;
  unit: string;
  taxRate: string | number;
}

/** What this reader pays: their own price where a list has one, and the steps by quantity. */
export function PriceBox({ productId, price, isFrom, unit, taxRate }: PriceBoxProps): ReactNode {
  const { t } = useTranslation(['catalogue', 'units']);
  const units = useUnits();
  const { data } = useQuery(priceQuery(productId));
  const paid = data?.price ?? price;
  const isLower = data !== undefined && cheaper(data.price, data.own_price);
  const tax = Number(taxRate);
  return (
    <div className="flex flex-col gap-3">
      <div>
        <p className="flex flex-wrap items-baseline gap-x-2">
          {isFrom && <span className="text-body text-muted">{t('card.from')}</span>}
          <Money value={paid} className="text-heading font-semibold" />
          {isLower && (
            <s className="text-body text-muted">
              <span className="sr-only">{t('product.list_price')} </span>
              <Money value={data.own_price} />
            </s>
          )}
        </p>
        <p className="text-small text-muted">
          {isLower && `${t('product.your_price')} · `}
          {t('product.per', { unit: units.short(unit) })},{' '}
          {tax > 0
            ? t('product.price_without_tax', { rate: formatQuantity(String(taxRate)) })
            : t('product.price_no_tax')}
        </p>
      </div>
      {data !== undefined && data.tiers.length > 1 && <Tiers tiers={data.tiers} unit={unit} />}
    </div>
  );
}

function cheaper(one: MoneyValue, other: MoneyValue): boolean {
  return one.currency === other.currency && one.amount < other.amount;
}

function Tiers({ tiers, unit }: { tiers: readonly PriceTier[]; unit: string }): ReactNode {
  const { t } = useTranslation(['catalogue', 'units']);
  const units = useUnits();
  return (
    <table className="w-full rounded-base border border-line text-body">
      <caption className="pb-1.5 text-left text-small font-medium">{t('product.tiers')}</caption>
      <tbody className="divide-y divide-line">
        {tiers.map((tier) => (
          <tr key={tier.from_quantity}>
            <th scope="row" className="px-3 py-2 text-left font-normal text-muted">
              {t('product.tier_from', {
                quantity: units.quantity(String(tier.from_quantity), unit),
              })}
            </th>
            <td className="px-3 py-2 text-right">
              <Money value={tier.price} className="font-medium" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
