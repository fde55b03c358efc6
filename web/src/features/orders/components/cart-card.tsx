import { CalendarClock, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { formatMoney } from '@/shared/money/money';
import { useCan } from '@/shared/session/session';
import { formatQuantity } from '@/shared/units/units';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { Card } from '@/shared/ui/page';
import { Money } from '@/shared/ui/values';

import { useEmptyCart, usePutLostAway } from '../api/mutations';
import type { CartView } from '../api/types';
import { StandingDialog } from '../forms/standing-dialog';
import { namedLine } from '../model/standing';
import { CartLines } from './cart-lines';
import { PlaceDialog } from './place-dialog';

/** The cart of one supplier: its lines, what stands against ordering them, and the way to order. */
export function CartCard({ cart }: { cart: CartView }): ReactNode {
  const { t } = useTranslation('orders');
  const [open, setOpen] = useState<'place' | 'standing' | 'clear' | null>(null);
  const clear = useEmptyCart();
  const mayPlace = useCan()('orders:place');
  return (
    <Card isFlush>
      <section aria-label={cart.supplier.name}>
        <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line p-4">
          <div>
            <h2 className="text-title font-semibold">{cart.supplier.name}</h2>
            <p className="text-small text-muted">{t('lines', { count: cart.lines.length })}</p>
          </div>
          {cart.lines.length > 0 && (
            <div className="flex flex-wrap gap-2">
              {mayPlace && cart.linked && (
                <Button size="small" variant="quiet" onClick={() => setOpen('standing')}>
                  <CalendarClock aria-hidden className="size-4" />
                  {t('templates.standing')}
                </Button>
              )}
              <Button size="small" variant="quiet" onClick={() => setOpen('clear')}>
                <Trash2 aria-hidden className="size-4" />
                {t('cart.clear')}
              </Button>
            </div>
          )}
        </div>
        <Notices cart={cart} />
        {cart.lines.length > 0 && <CartLines lines={cart.lines} />}
        {cart.totals !== null && (
          <div className="flex flex-wrap items-end justify-between gap-4 border-t border-line p-4">
            <dl className="flex flex-wrap gap-x-8 gap-y-2 text-body">
              <Figure label={t('net')} value={cart.totals.net} />
              <Figure label={t('tax')} value={cart.totals.tax} />
              {cart.totals.discount.amount > 0 && (
                <Figure label={t('discount')} value={cart.totals.discount} />
              )}
              {cart.credit_available !== null && (
                <Figure label={t('cart.credit')} value={cart.credit_available} />
              )}
            </dl>
            <div className="flex flex-wrap items-center gap-4">
              <span className="text-title font-semibold">
                <Money value={cart.totals.total} />
              </span>
              {mayPlace && (
                <Button
                  variant="primary"
                  disabled={!cart.orderable}
                  onClick={() => setOpen('place')}
                >
                  {t('cart.place')}
                </Button>
              )}
            </div>
          </div>
        )}
      </section>
      {open === 'place' && <PlaceDialog cart={cart} onClose={() => setOpen(null)} />}
      {open === 'standing' && (
        <StandingDialog
          source={{ name: '', supplierId: cart.supplier.id, lines: cart.lines.map(namedLine) }}
          onClose={() => setOpen(null)}
        />
      )}
      <ConfirmDialog
        isOpen={open === 'clear'}
        onClose={() => setOpen(null)}
        title={`${t('cart.clear')}: ${cart.supplier.name}`}
        text={t('lines', { count: cart.lines.length })}
        confirmLabel={t('cart.clear')}
        isDangerous
        onConfirm={() => clear.mutateAsync(cart.supplier.id)}
      />
    </Card>
  );
}

function Figure({ label, value }: { label: string; value: CartView['minimum_order'] }): ReactNode {
  return (
    <div>
      <dt className="text-small text-muted">{label}</dt>
      <dd>
        <Money value={value} />
      </dd>
    </div>
  );
}

/** What stands against ordering, and lines that were lost. */
function Notices({ cart }: { cart: CartView }): ReactNode {
  const { t } = useTranslation('orders');
  const put = usePutLostAway();
  const total = cart.totals?.total;
  const agreed = (cart.minimum_order ?? cart.credit_available)?.currency;
  const isComparable = total === undefined || agreed === undefined || agreed === total.currency;
  const isOverCredit =
    isComparable &&
    cart.credit_available !== null &&
    total !== undefined &&
    total.amount > cart.credit_available.amount;
  const notices = [
    cart.linked ? null : (
      <Banner key="link" tone="stopped">
        {t('cart.not_linked', { name: cart.supplier.name })}
      </Banner>
    ),
    isComparable ? null : (
      <Banner key="currency" tone="stopped">
        {t('cart.other_currency', { currency: total.currency, terms: agreed })}
      </Banner>
    ),
    cart.missing_to_minimum === null ? null : (
      <Banner key="minimum" tone="waiting">
        {t('cart.missing', { amount: formatMoney(cart.missing_to_minimum) })}
      </Banner>
    ),
    cart.overdue_invoices === 0 ? null : (
      <Banner key="overdue" tone="stopped">
        {t('cart.overdue', { count: cart.overdue_invoices })}
      </Banner>
    ),
    isOverCredit ? (
      <Banner key="credit" tone="stopped">
        {t('cart.over_credit')}
      </Banner>
    ) : null,
    cart.lost.length === 0 ? null : (
      <Banner
        key="lost"
        tone="waiting"
        action={
          <Button
            size="small"
            isPending={put.isPending}
            onClick={() => put.mutate(cart.supplier.id)}
          >
            {t('cart.put_away')}
          </Button>
        }
      >
        <p className="font-medium">{t('cart.lost_title')}</p>
        <ul>
          {cart.lost.map((line) => (
            <li key={line.product_id}>
              {line.sku} · {line.name} × {formatQuantity(line.quantity)}
            </li>
          ))}
        </ul>
      </Banner>
    ),
  ].filter((notice) => notice !== null);
  if (notices.length === 0) return null;
  return <div className="flex flex-col gap-2 p-4">{notices}</div>;
}
