import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { nameNow } from '@/shared/i18n/names';
import { formatQuantity } from '@/shared/units/units';
import { Card } from '@/shared/ui/page';
import { Timeline } from '@/shared/ui/progress';
import { EmptyState } from '@/shared/ui/states';
import { statusTone } from '@/shared/ui/status-tones';
import { DateTime } from '@/shared/ui/values';

import type { OrderView } from '../api/types';

/** What has happened to an order, the newest first. */
export function OrderHistory({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  // Moves of a later server have no words yet: they show their own name.
  const translate = t as unknown as (key: string, fallback: string) => string;
  const entries = order.moves.map((move, index) => ({
    id: String(index),
    at: move.created_at,
    tone: statusTone('order', move.state),
    title: translate(`moves.${move.name}`, move.name),
    text: [
      move.actor_name ?? translate(`by.${move.side}`, move.side),
      move.reason ?? '',
      ...cutsOf(move.facts).map((cut) => t('cut', { ...cut })),
    ]
      .filter((part) => part !== '')
      .join(' · '),
  }));
  return (
    <Card>
      <Timeline entries={entries.reverse()} />
    </Card>
  );
}

interface Cut {
  sku: string;
  ordered: string;
  confirmed: string;
}

function cutsOf(facts: Record<string, unknown>): Cut[] {
  return Array.isArray(facts['cut']) ? (facts['cut'] as Cut[]) : [];
}

/** What left together, with its paper. */
export function Shipments({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  if (order.shipments.length === 0) {
    return (
      <Card>
        <EmptyState title={t('no_shipments')} />
      </Card>
    );
  }
  const names = new Map(order.lines.map((line) => [line.id, nameNow(line)]));
  return (
    <ul className="flex flex-col gap-3">
      {order.shipments.map((shipment) => (
        <li key={shipment.id}>
          <Card className="flex flex-col gap-2">
            <div className="flex flex-wrap items-baseline justify-between gap-2">
              <h3 className="text-body font-semibold">
                {t('shipment', { number: shipment.position })}
              </h3>
              <span className="text-small text-muted">
                <DateTime value={shipment.created_at} />
              </span>
            </div>
            {(shipment.carrier !== '' || shipment.tracking_number !== '') && (
              <p className="text-body">
                {[shipment.carrier, shipment.tracking_number]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </p>
            )}
            <ul className="text-small text-muted">
              {shipment.lines.map((line) => (
                <li key={line.line_id}>
                  {names.get(line.line_id) ?? ''} × {formatQuantity(line.quantity)}
                </li>
              ))}
            </ul>
            <a
              className="self-start text-small text-accent underline-offset-2 hover:underline"
              href={`/api/v1/orders/${order.id}/packing-slip.pdf?shipment=${String(shipment.position)}`}
              target="_blank"
              rel="noreferrer"
            >
              {t('packing_slip')}
            </a>
          </Card>
        </li>
      ))}
    </ul>
  );
}
