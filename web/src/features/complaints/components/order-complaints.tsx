import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { MessageSquareWarning } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { StatusBadge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { Link } from '@/shared/ui/link';
import { Card } from '@/shared/ui/page';
import { SkeletonText } from '@/shared/ui/states';

import { orderComplaintsQuery } from '../api/queries';
import type { ComplainedOrder } from '../api/types';
import { ComplainDialog } from './complain-dialog';

const COMPLAINABLE = new Set(['shipped', 'delivered', 'completed']);

interface OrderComplaintsProps {
  order: ComplainedOrder & { side: 'buyer' | 'seller'; state: string };
}

/** What is complained about in an order, and the way to complain. Draws nothing where there is neither. */
export function OrderComplaints({ order }: OrderComplaintsProps): ReactNode {
  const { t } = useTranslation('complaints');
  const can = useCan();
  const navigate = useNavigate();
  const [isOpen, setIsOpen] = useState(false);
  const query = useQuery(orderComplaintsQuery(order.id));
  const { data, error } = query;
  const mayOpen =
    order.side === 'buyer' && COMPLAINABLE.has(order.state) && can('complaints:write');
  if (!mayOpen && (data === undefined || data.items.length === 0) && error === null) return null;
  return (
    <Card className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-body font-semibold">{t('of_order')}</h2>
        {mayOpen && (
          <Button size="small" onClick={() => setIsOpen(true)}>
            <MessageSquareWarning aria-hidden className="size-4" />
            {t('open.action')}
          </Button>
        )}
      </div>
      {data === undefined && <Awaiting query={query} skeleton={<SkeletonText />} />}
      {data?.items.length === 0 && <p className="text-small text-muted">{t('empty')}</p>}
      <ul className="flex flex-col gap-2">
        {data?.items.map((complaint) => (
          <li key={complaint.id} className="flex flex-wrap items-center justify-between gap-2">
            <span className="flex min-w-0 flex-col">
              <Link to="/app/complaints/$complaintId" params={{ complaintId: complaint.id }}>
                {complaint.number}
              </Link>
              <span className="truncate text-small text-muted">
                {complaint.line_name ?? t('whole_order')}
              </span>
            </span>
            <StatusBadge noun="complaint" status={complaint.state} />
          </li>
        ))}
      </ul>
      <ComplainDialog
        order={order}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        onOpened={({ id }) =>
          void navigate({ to: '/app/complaints/$complaintId', params: { complaintId: id } })
        }
      />
    </Card>
  );
}
