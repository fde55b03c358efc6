import { createFileRoute } from '@tanstack/react-router';

import { NewProduct } from '@/features/products/views/new-product';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/products/new')({
  loader: () => loadWords('products', 'units', 'categories', 'measures', 'validation', 'problems'),
  component: Start,
});

function Start() {
  const navigate = Route.useNavigate();
  return (
    <NewProduct
      onMade={(productId) =>
        void navigate({ to: '/app/products/$productId', params: { productId } })
      }
    />
  );
}
