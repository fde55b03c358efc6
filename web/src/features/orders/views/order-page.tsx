import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useMediaQuery } from '@/shared/hooks/browser';
import { ActionBar } from '@/shared/ui/action-bar';
import { Awaiting } from '@/shared/ui/awaiting';
import { StatusBadge } from '@/shared/ui/badge';
import { Banner } from '@/shared/ui/banner';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { Stepper } from '@/shared/ui/progress';
import { PageSkeleton } from '@/shared/ui/states';
import { Tabs } from '@/shared/ui/tabs';
import { TalkTab } from '@/shared/ui/talk-tab';
import { DateTime } from '@/shared/ui/values';

import { orderQuery } from '../api/queries';
import { ORDER_STATES, type OrderTab, type OrderView } from '../api/types';
import { FirstWord } from '../components/first-word';
import { OrderPapers, OrderSummary } from '../components/order-aside';
import { OrderContext } from '../components/order-context';
import { OrderHistory, Shipments } from '../components/order-history';
import { OrderLines } from '../components/order-lines';
import { ConfirmOrderDialog, ShipDialog } from '../components/quantity-dialogs';

interface OrderPageProps {
  orderId: string;
  tab: OrderTab | undefined;
  onTab: (tab: OrderTab) => void;
  /** The conversation about the order, which another feature draws. */
  renderChat: (threadId: string) => ReactNode;
  /** What is complained about, which another feature draws as well. */
  renderComplaints: (order: OrderView) => ReactNode;
}

/** An order: where it stands, what was ordered, what has left, and the talk about it. */
export function OrderPage({ orderId, ...rest }: OrderPageProps): ReactNode {
  const query = useQuery(orderQuery(orderId));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  return (
    <OrderContext value={data}>
      <Loaded order={data} {...rest} />
    </OrderContext>
  );
}

const CUSTOM = { confirm: ConfirmOrderDialog, ship: ShipDialog };
/** The action by which a side moves the order on. */
const NEXT: Record<OrderView['side'], Partial<Record<OrderView['state'], string>>> = {
  buyer: { delivered: 'complete' },
  seller: { pending: 'confirm', confirmed: 'process', processing: 'ship', shipped: 'deliver' },
};
const STEPS = ORDER_STATES.slice(0, 6);
const STALE = [['orders'], ['invoices'], ['products'], ['dashboard']];

function Loaded({
  order,
  tab,
  onTab,
  renderChat,
  renderComplaints,
}: Omit<OrderPageProps, 'orderId'> & { order: OrderView }): ReactNode {
  const { t } = useTranslation(['orders', 'status']);
  const isWide = useMediaQuery('(min-width: 80rem)');
  const other = order.side === 'buyer' ? order.seller : order.buyer;
  const primary = order.cancel_asked_at === null ? NEXT[order.side][order.state] : 'agree-cancel';
  const chat =
    order.thread === null ? <FirstWord orderId={order.id} /> : renderChat(order.thread.id);
  return (
    <PageBody>
      <PageHeader
        title={order.number}
        badge={<StatusBadge noun="order" status={order.state} withNext />}
        text={`${t(order.side === 'buyer' ? 'seller' : 'buyer')}: ${other.name}`}
        actions={
          <ActionBar
            actions={order.actions}
            resourcePath={`/orders/${order.id}`}
            version={order.version}
            subject={order.number}
            primary={primary ?? ''}
            custom={CUSTOM}
            staleKeys={STALE}
          />
        }
      />
      {(STEPS as readonly string[]).includes(order.state) && (
        <Stepper
          label={t('course')}
          current={order.state}
          steps={STEPS.map((state) => ({ id: state, label: t(`status:order.${state}.label`) }))}
        />
      )}
      <Notices order={order} />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_23rem]">
        <Tabs
          label={order.number}
          value={isWide && tab === 'chat' ? 'lines' : (tab ?? 'lines')}
          onChange={(value) => onTab(value as OrderTab)}
          tabs={[
            {
              value: 'lines',
              label: t('tabs.lines'),
              content: (
                <div className="flex flex-col gap-4">
                  <OrderLines order={order} />
                  {!isWide && <OrderPapers order={order} />}
                  {!isWide && renderComplaints(order)}
                  <OrderSummary order={order} />
                </div>
              ),
            },
            {
              value: 'shipments',
              label: t('tabs.shipments'),
              count: order.shipments.length > 0 ? order.shipments.length : undefined,
              content: <Shipments order={order} />,
            },
            {
              value: 'history',
              label: t('tabs.history'),
              content: <OrderHistory order={order} />,
            },
            ...(isWide
              ? []
              : [
                  {
                    value: 'chat',
                    label: t('tabs.chat'),
                    count: order.thread?.unread === 0 ? undefined : order.thread?.unread,
                    content: order.thread === null ? chat : <TalkTab>{chat}</TalkTab>,
                  },
                ]),
          ]}
        />
        {isWide && (
          <div className="flex flex-col gap-4">
            <OrderPapers order={order} />
            {renderComplaints(order)}
            {order.thread === null ? chat : <div className="h-112">{chat}</div>}
          </div>
        )}
      </div>
    </PageBody>
  );
}

/** What waits for somebody, or for the clock. */
function Notices({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const isAsked = order.cancel_asked_at !== null && order.state === 'processing';
  const clock =
    order.due_at === null
      ? null
      : order.state === 'delivered'
        ? t('notices.completes')
        : order.state === 'pending'
          ? t('notices.unanswered')
          : null;
  return (
    <>
      {isAsked && order.side === 'seller' && (
        <Banner tone="stopped">{t('notices.they_ask', { name: order.buyer.name })}</Banner>
      )}
      {isAsked && order.side === 'buyer' && (
        <Banner tone="waiting">{t('notices.we_ask', { name: order.seller.name })}</Banner>
      )}
      {clock !== null && (
        <Banner tone="draft">
          {clock} <DateTime value={order.due_at} />
        </Banner>
      )}
    </>
  );
}
