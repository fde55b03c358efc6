import { createFileRoute } from '@tanstack/react-router';

import { stockPlacesQuery } from '@/features/products/api/places';
import { StockPlaces } from '@/features/products/views/stock-places';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/products/stock-places')({
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(stockPlacesQuery);
    return loadWords('products', 'validation', 'problems');
  },
  component: StockPlaces,
});
