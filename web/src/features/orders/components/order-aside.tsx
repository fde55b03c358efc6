import { useNavigate } from '@tanstack/react-router';
import { CalendarClock, FileText, Package, RotateCcw, Save } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Link } from '@/shared/ui/link';
import { StatusBadge } from '@/shared/ui/badge';
import { Card, DescriptionList } from '@/shared/ui/page';
import { showDone, showNews } from '@/shared/ui/toast';
import { DateTime, Money } from '@/shared/ui/values';

import { useInvoiceOrder, useKeepTemplate, useRefill } from '../api/mutations';
import type { OrderView } from '../api/types';
import { StandingDialog } from '../forms/standing-dialog';

/** What was agreed about an order. */
export function OrderSummary({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="text-body font-semibold">{t('summary')}</h2>
      <DescriptionList
        columns={2}
        items={[
          { term: t('buyer'), value: order.buyer.name },
          { term: t('seller'), value: order.seller.name },
          { term: t('placed'), value: <DateTime value={order.created_at} /> },
          { term: t('wanted_on'), value: order.wanted_on && <DateTime value={order.wanted_on} /> },
          { term: t('reference'), value: order.buyer_reference },
          { term: t('representative'), value: order.representative_name },
          { term: t('address'), value: order.delivery_address },
          {
            term: t('payment_days'),
            value:
              order.payment_days === null
                ? null
                : t('payment_days_value', { count: order.payment_days }),
          },
        ]}
      />
      {order.note !== '' && (
        <p className="rounded-base bg-sunken p-3 text-body whitespace-pre-line">{order.note}</p>
      )}
    </Card>
  );
}

/** The papers of an order, and what can be made of it. */
export function OrderPapers({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const [isNaming, setIsNaming] = useState(false);
  const [isStanding, setIsStanding] = useState(false);
  const invoice = useInvoiceOrder(order.id);
  const refill = useRefill();
  const navigate = useNavigate();
  const path = `/api/v1/orders/${order.id}`;
  return (
    <Card className="flex flex-col gap-3">
      <h2 className="text-body font-semibold">{t('papers')}</h2>
      {order.invoice !== null && (
        <div className="flex flex-col gap-1 rounded-base border border-line p-3">
          <div className="flex items-center justify-between gap-2">
            <Link to="/app/invoices/$invoiceId" params={{ invoiceId: order.invoice.id }}>
              {order.invoice.number ?? t('invoice')}
            </Link>
            <StatusBadge
              noun="invoice"
              status={order.invoice.overdue ? 'overdue' : order.invoice.state}
            />
          </div>
          <p className="flex items-baseline justify-between text-small text-muted">
            {t('due')} <Money value={order.invoice.due} />
          </p>
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button asChild size="small">
          <a href={`${path}/proforma.pdf`} target="_blank" rel="noreferrer">
            <FileText aria-hidden className="size-4" />
            {t('proforma')}
          </a>
        </Button>
        <Button asChild size="small">
          <a href={`${path}/packing-slip.pdf`} target="_blank" rel="noreferrer">
            <Package aria-hidden className="size-4" />
            {t('packing_slip')}
          </a>
        </Button>
        {order.may_invoice && (
          <Button
            size="small"
            isPending={invoice.isPending}
            onClick={() =>
              invoice.mutate(order.version, {
                onSuccess: () => showDone(t('invoice_sent', { number: order.number })),
              })
            }
          >
            {t('make_invoice')}
          </Button>
        )}
        {order.may_reorder && (
          <>
            <Button
              size="small"
              isPending={refill.isPending}
              onClick={() =>
                refill.mutate(`/orders/${order.id}/reorder`, {
                  onSuccess: ({ cart, skipped }) => {
                    if (skipped.length > 0) showNews(t('skipped', { count: skipped.length }));
                    if (cart === null) return;
                    showDone(t('reordered'));
                    void navigate({ to: '/app/cart' });
                  },
                })
              }
            >
              <RotateCcw aria-hidden className="size-4" />
              {t('reorder')}
            </Button>
            <Button size="small" onClick={() => setIsNaming(true)}>
              <Save aria-hidden className="size-4" />
              {t('keep_template')}
            </Button>
            <Button size="small" onClick={() => setIsStanding(true)}>
              <CalendarClock aria-hidden className="size-4" />
              {t('templates.standing')}
            </Button>
            {isStanding && (
              <StandingDialog
                source={{
                  name: order.number,
                  supplierId: order.seller.id,
                  lines: order.lines.flatMap(({ product_id, sku, name, names, quantity }) =>
                    product_id === null ? [] : [{ product_id, sku, name, names, quantity }],
                  ),
                  delivery_address: order.delivery_address,
                }}
                onClose={() => setIsStanding(false)}
              />
            )}
            <TemplateDialog order={order} isOpen={isNaming} onClose={() => setIsNaming(false)} />
          </>
        )}
      </div>
    </Card>
  );
}

interface TemplateDialogProps {
  order: OrderView;
  isOpen: boolean;
  onClose: () => void;
}

function TemplateDialog({ order, isOpen, onClose }: TemplateDialogProps): ReactNode {
  const { t } = useTranslation(['orders', 'ui']);
  const keep = useKeepTemplate(order.id);
  const [name, setName] = useState('');
  const submit = (): void =>
    keep.mutate(name.trim(), {
      onSuccess: () => {
        showDone(t('template_kept'));
        onClose();
      },
    });
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('keep_template')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={name.trim() === ''}
            isPending={keep.isPending}
            onClick={submit}
          >
            {t('keep_template')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {keep.error !== null && <Banner tone="stopped">{problemText(keep.error).message}</Banner>}
        <Field label={t('template_name')} isRequired>
          <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  );
}
