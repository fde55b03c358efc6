import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { currentLanguage } from '@/shared/i18n/i18n';
import { nameIn } from '@/shared/i18n/names';
import { formatMoney } from '@/shared/money/money';
import { formatQuantity, useUnits } from '@/shared/units/units';
import { Link } from '@/shared/ui/link';
import { Card } from '@/shared/ui/page';
import { Thumbnail } from '@/shared/ui/thumbnail';
import { Money } from '@/shared/ui/values';

import type { OrderLineView, OrderView } from '../api/types';

/** What was ordered at which prices, and how much of it is confirmed and has left. */
export function OrderLines({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation(['orders', 'trade']);
  return (
    <Card isFlush>
      <div className="hidden overflow-x-auto md:block">
        <table className="w-full text-body">
          <thead className="text-left text-small text-muted">
            <tr className="border-b border-line">
              <th className="px-4 py-2 font-medium">{t('trade:item')}</th>
              <th className="px-4 py-2 text-right font-medium">{t('ordered')}</th>
              <th className="px-4 py-2 text-right font-medium">{t('confirmed')}</th>
              <th className="px-4 py-2 text-right font-medium">{t('shipped')}</th>
              <th className="px-4 py-2 text-right font-medium">{t('price')}</th>
              <th className="px-4 py-2 text-right font-medium">{t('net')}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {order.lines.map((line) => (
              <tr key={line.id}>
                <td className="px-4 py-2.5">
                  <Name line={line} />
                </td>
                <Quantity value={line.quantity} unit={line.unit} />
                {order.confirmed_at === null ? (
                  // What nobody has confirmed yet must not read as if the seller had promised it.
                  <td className="px-4 py-2.5 text-right text-muted">—</td>
                ) : (
                  <Quantity
                    value={line.confirmed_quantity}
                    unit={line.unit}
                    isLower={line.confirmed_quantity !== line.quantity}
                  />
                )}
                <Quantity value={line.shipped_quantity} unit={line.unit} />
                <td className="px-4 py-2.5 text-right">
                  <Price line={line} />
                </td>
                <td className="px-4 py-2.5 text-right">
                  <Money value={line.net} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="divide-y divide-line md:hidden">
        {order.lines.map((line) => (
          <li key={line.id} className="flex flex-col gap-1 p-4">
            <Name line={line} />
            <span className="flex items-baseline justify-between gap-3 text-body">
              <Amounts line={line} />
              <Money value={line.net} className="font-medium" />
            </span>
          </li>
        ))}
      </ul>
      <Totals order={order} />
    </Card>
  );
}

function Name({ line }: { line: OrderLineView }): ReactNode {
  const options = Object.values(line.options).join(', ');
  return (
    <span className="flex items-center gap-3">
      <Thumbnail picture={line.image} />
      <span className="flex min-w-0 flex-col">
        <Link
          to="/products/$productId"
          params={{ productId: line.product_id }}
          className="self-start font-medium text-ink decoration-transparent hover:text-accent"
        >
          {nameIn(line.names, currentLanguage()) || line.name}
        </Link>
        <span className="text-small text-muted">
          {[line.sku, options].filter((part) => part !== '').join(' · ')}
        </span>
      </span>
    </span>
  );
}

function Amounts({ line }: { line: OrderLineView }): ReactNode {
  const { short } = useUnits();
  const isLower = line.confirmed_quantity !== line.quantity;
  return (
    <span className="text-small text-muted tabular">
      {isLower && <s className="mr-1">{formatQuantity(line.quantity)}</s>}
      {formatQuantity(line.confirmed_quantity)} {short(line.unit)} × {formatMoney(line.unit_price)}
    </span>
  );
}

interface QuantityProps {
  value: string;
  unit: string;
  isLower?: boolean;
}

function Quantity({ value, unit, isLower = false }: QuantityProps): ReactNode {
  const { short } = useUnits();
  return (
    <td
      className={`px-4 py-2.5 text-right whitespace-nowrap tabular ${isLower ? 'font-medium text-waiting' : ''}`}
    >
      {formatQuantity(value)} <span className="text-small text-muted">{short(unit)}</span>
    </td>
  );
}

function Price({ line }: { line: OrderLineView }): ReactNode {
  const { t } = useTranslation('orders');
  const isOwn = line.unit_price.amount !== line.list_price.amount;
  return (
    <span className="flex flex-col items-end">
      <Money value={line.unit_price} />
      {isOwn && (
        <span className="text-small text-muted">
          {t('list_price', { price: formatMoney(line.list_price) })}
        </span>
      )}
    </span>
  );
}

function Totals({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  return (
    <dl className="ml-auto flex w-full max-w-80 flex-col gap-1 border-t border-line p-4 text-body">
      <Sum label={t('net')} value={order.net} />
      <Sum label={t('tax')} value={order.tax} />
      {order.discount.amount > 0 && (
        <Sum
          label={t(order.side === 'seller' ? 'discount_given' : 'discount')}
          value={order.discount}
        />
      )}
      <div className="flex items-baseline justify-between gap-4 pt-1 text-title font-semibold">
        <dt>{t('total')}</dt>
        <dd>
          <Money value={order.total} />
        </dd>
      </div>
    </dl>
  );
}

function Sum({ label, value }: { label: string; value: OrderView['net'] }): ReactNode {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd>
        <Money value={value} />
      </dd>
    </div>
  );
}
