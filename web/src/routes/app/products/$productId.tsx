import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { productQuery } from '@/features/products/api/queries';
import { PRODUCT_TABS } from '@/features/products/api/types';
import { ProductPage } from '@/features/products/views/product-page';
import { loadWords } from '@/shared/i18n/i18n';

const searchSchema = z.object({ tab: z.catch(z.optional(z.enum(PRODUCT_TABS)), undefined) });

export const Route = createFileRoute('/app/products/$productId')({
  validateSearch: searchSchema,
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(productQuery(params.productId));
    return loadWords(
      'products',
      'status',
      'units',
      'categories',
      'measures',
      'moderation',
      'validation',
      'problems',
    );
  },
  component: Product,
});

function Product() {
  const { productId } = Route.useParams();
  const { tab } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <ProductPage
      productId={productId}
      tab={tab}
      onTab={(next) =>
        void navigate({ search: next === 'content' ? {} : { tab: next }, replace: true })
      }
      onGone={() => void navigate({ to: '/app/products' })}
    />
  );
}
