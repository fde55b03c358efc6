import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { linkedSuppliersQuery } from '@/features/orders/api/queries';
import { QuickOrder } from '@/features/orders/views/quick-order';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/cart/quick')({
  validateSearch: z.object({ supplier: z.catch(z.optional(z.uuid()), undefined) }),
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(linkedSuppliersQuery());
    return loadWords('orders', 'units', 'problems');
  },
  component: Quick,
});

function Quick() {
  const { supplier } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <QuickOrder
      supplierId={supplier}
      onSupplier={(id) =>
        void navigate({ search: id === '' ? {} : { supplier: id }, replace: true })
      }
    />
  );
}
