import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Badge } from '@/shared/ui/badge';
import { SkeletonText } from '@/shared/ui/states';
import { Money, RelativeTime } from '@/shared/ui/values';

import { columnQuery } from '../api/queries';
import { OPEN_STATES, type OrderListItem, type OrderSide, type OrderState } from '../api/types';

interface OrderBoardProps {
  side: OrderSide;
  q: string | undefined;
}

/** Open orders by state, the oldest first: what waits longest stands on top. */
export function OrderBoard({ side, q }: OrderBoardProps): ReactNode {
  return (
    <div className="-mx-4 overflow-x-auto px-4 pb-2 sm:mx-0 sm:px-0">
      <ul className="grid auto-cols-[17rem] grid-flow-col items-start gap-3 xl:auto-cols-fr">
        {OPEN_STATES.map((state) => (
          <Column key={state} state={state} side={side} q={q} />
        ))}
      </ul>
    </div>
  );
}

function Column({ state, side, q }: OrderBoardProps & { state: OrderState }): ReactNode {
  const { t } = useTranslation('status');
  const query = useQuery(columnQuery(state, side, q));
  const { data } = query;
  return (
    <li className="flex flex-col gap-2 rounded-base bg-sunken p-2">
      <h2 className="flex items-center justify-between px-1 text-small font-semibold">
        {t(`order.${state}.label`)}
        <span className="font-normal text-muted tabular">{data?.total ?? ''}</span>
      </h2>
      {data === undefined && <Awaiting query={query} skeleton={<SkeletonText lines={4} />} />}
      {data !== undefined && data.items.length === 0 && (
        <p className="px-1 pb-1 text-small text-muted">—</p>
      )}
      {data !== undefined && data.items.length > 0 && (
        <ul className="flex flex-col gap-2">
          {data.items.map((order) => (
            <Item key={order.id} order={order} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Item({ order }: { order: OrderListItem }): ReactNode {
  const { t } = useTranslation('orders');
  return (
    <li>
      <Link
        to="/app/orders/$orderId"
        params={{ orderId: order.id }}
        className="flex flex-col gap-1 rounded-base border border-line bg-surface p-3 text-body hover:border-accent"
      >
        <span className="flex flex-wrap items-baseline justify-between gap-x-2">
          <span className="font-medium whitespace-nowrap">{order.number}</span>
          <span className="text-small text-muted">
            <RelativeTime value={order.created_at} />
          </span>
        </span>
        <span className="truncate">
          {(order.side === 'buyer' ? order.seller : order.buyer).name}
        </span>
        <span className="truncate text-small text-muted">{order.excerpt}</span>
        <span className="flex flex-wrap items-center justify-between gap-x-2 gap-y-1">
          <Money value={order.total} className="font-semibold" />
          {order.cancel_asked_at !== null && <Badge tone="stopped">{t('cancel_asked')}</Badge>}
        </span>
      </Link>
    </li>
  );
}
