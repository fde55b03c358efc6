import { createFileRoute } from '@tanstack/react-router';

import { cartsQuery } from '@/features/orders/api/queries';
import { CartsPage } from '@/features/orders/views/carts-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/cart/')({
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(cartsQuery());
    return loadWords('orders', 'trade', 'units', 'validation', 'problems');
  },
  component: CartsPage,
});
