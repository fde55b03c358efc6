import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { ordersQuery } from '@/features/orders/api/queries';
import { ORDER_STATES } from '@/features/orders/api/types';
import { OrderList } from '@/features/orders/views/order-list';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch, tableSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/orders/')({
  validateSearch: z.extend(tableSearch, {
    side: z.catch(z.optional(z.enum(['buyer', 'seller'])), undefined),
    state: z.catch(z.optional(z.enum(ORDER_STATES)), undefined),
    view: z.catch(z.optional(z.enum(['board'])), undefined),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    if (deps.view === undefined) void context.queryClient.prefetchQuery(ordersQuery(deps));
    return loadWords('orders', 'trade');
  },
  component: Orders,
});

function Orders() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <OrderList
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
