import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import * as z from 'zod/mini';

import { priceQuery, productQuery } from '@/features/catalogue/api/queries';
import { Purchase } from '@/features/catalogue/components/purchase';
import { ProductPage } from '@/features/catalogue/views/product-page';
import { sellerQuery } from '@/features/sellers/api/queries';
import { SellerCard } from '@/features/sellers/components/seller-card';
import { loadWords } from '@/shared/i18n/i18n';

import { StandingNote, useStanding } from '@/routes/-goods/standing';

// What is below the fold, and what only buyers have, comes after the product itself.
const ProductReviews = lazy(async () => {
  const [{ ProductReviews: Block }] = await Promise.all([
    import('@/features/reviews/components/product-reviews'),
    loadWords('reviews'),
  ]);
  return { default: Block };
});
const HeartButton = lazy(async () => {
  const [{ HeartButton: Heart }] = await Promise.all([
    import('@/features/wishlist/components/heart-button'),
    loadWords('reviews'),
  ]);
  return { default: Heart };
});

const productSearch = z.object({ variant: z.catch(z.optional(z.string()), undefined) });

export const Route = createFileRoute('/_public/products/$productId')({
  validateSearch: productSearch,
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(productQuery(params.productId));
    void context.queryClient.prefetchQuery(priceQuery(params.productId));
    return loadWords('catalogue', 'units', 'measures');
  },
  component: Product,
});

function Product() {
  const { productId } = Route.useParams();
  const { variant } = Route.useSearch();
  const navigate = Route.useNavigate();
  const { data } = useQuery(productQuery(productId));
  const organisation = data?.organisation ?? { id: '', name: '' };
  const standing = useStanding(organisation);
  const { data: seller } = useQuery({
    ...sellerQuery(organisation.id),
    enabled: data !== undefined,
  });
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <ProductPage
        key={productId}
        productId={productId}
        variantId={variant}
        onVariant={(chosen) =>
          void navigate({ search: { variant: chosen }, replace: true, resetScroll: false })
        }
        purchase={(product, chosen) => (
          <Purchase
            product={product}
            variant={chosen}
            isLinked={standing.isLinked}
            isOwn={standing.isOwn}
          />
        )}
        corner={({ id, parent_id }) => (
          <Suspense>
            <HeartButton productId={parent_id ?? id} />
          </Suspense>
        )}
        reviews={({ id, parent_id }) => (
          <Suspense>
            <ProductReviews productId={parent_id ?? id} />
          </Suspense>
        )}
        seller={() => (
          <SellerCard
            id={organisation.id}
            name={organisation.name}
            seller={seller}
            terms={standing.isLinked ? (standing.link?.terms ?? null) : null}
            standing={
              <StandingNote
                seller={organisation}
                standing={standing}
                next={`/products/${productId}`}
              />
            }
          />
        )}
      />
    </div>
  );
}
