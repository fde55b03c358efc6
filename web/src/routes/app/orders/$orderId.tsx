import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { OrderComplaints } from '@/features/complaints/components/order-complaints';
import { Chat } from '@/features/conversations/components/chat';
import { orderQuery } from '@/features/orders/api/queries';
import { ORDER_TABS } from '@/features/orders/api/types';
import { OrderPage } from '@/features/orders/views/order-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/orders/$orderId')({
  validateSearch: z.object({ tab: z.catch(z.optional(z.enum(ORDER_TABS)), undefined) }),
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(orderQuery(params.orderId));
    return loadWords(
      'orders',
      'complaints',
      'trade',
      'units',
      'conversations',
      'validation',
      'problems',
    );
  },
  component: Order,
});

function Order() {
  const { orderId } = Route.useParams();
  const { tab } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <OrderPage
      orderId={orderId}
      tab={tab}
      onTab={(next) =>
        void navigate({ search: next === 'lines' ? {} : { tab: next }, replace: true })
      }
      renderChat={(threadId) => <Chat key={threadId} threadId={threadId} />}
      renderComplaints={(order) => <OrderComplaints order={order} />}
    />
  );
}
