import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { wishlistQuery } from '@/features/wishlist/api/queries';
import { WishlistPage } from '@/features/wishlist/views/wishlist-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/wishlist')({
  validateSearch: z.object({
    page: z.catch(z.optional(z.int().check(z.positive())), undefined),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(wishlistQuery(deps.page ?? 1));
    return loadWords('reviews', 'problems');
  },
  component: Wishlist,
});

function Wishlist() {
  const { page } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <WishlistPage
      page={page ?? 1}
      onPage={(next) => void navigate({ search: next === 1 ? {} : { page: next } })}
    />
  );
}
