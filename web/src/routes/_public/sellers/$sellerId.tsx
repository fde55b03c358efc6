import { createFileRoute } from '@tanstack/react-router';

import { Stars } from '@/features/catalogue/components/stars';
import { searchQuery } from '@/features/search/api/queries';
import { catalogueSearch, patchCatalogue } from '@/features/search/model/search';
import type { CataloguePatch, CatalogueSearch } from '@/features/search/model/search';
import { type Seller, sellerQuery } from '@/features/sellers/api/queries';
import { SellerPage } from '@/features/sellers/views/seller-page';
import { loadWords } from '@/shared/i18n/i18n';
import { Card } from '@/shared/ui/page';

import { GoodsPage } from '@/routes/-goods/goods-page';
import { StandingNote, useStanding } from '@/routes/-goods/standing';

export const Route = createFileRoute('/_public/sellers/$sellerId')({
  validateSearch: catalogueSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => {
    void context.queryClient.prefetchQuery(sellerQuery(params.sellerId));
    void context.queryClient.prefetchQuery(searchQuery({ ...deps, suppliers: [params.sellerId] }));
    return loadWords('catalogue', 'measures', 'search', 'units');
  },
  component: SellersPage,
});

function SellersPage() {
  const { sellerId } = Route.useParams();
  const own = Route.useSearch();
  const navigate = Route.useNavigate();
  const search = { ...own, suppliers: [sellerId] };
  const change = (next: CatalogueSearch, patch: CataloguePatch): void =>
    void navigate({
      search: { ...next, suppliers: undefined },
      replace: true,
      resetScroll: 'page' in patch,
    });
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <SellerPage
        sellerId={sellerId}
        category={own.category}
        onCategory={(category) => change(patchCatalogue(search, { category }), { category })}
        rating={(mean, count) => <Stars mean={mean} count={count} />}
        standing={(seller) => <SellerStanding seller={seller} />}
        goods={() => <GoodsPage search={search} onSearch={change} fixed={['suppliers']} />}
      />
    </div>
  );
}

function SellerStanding({ seller }: { seller: Seller }) {
  const standing = useStanding(seller);
  if (standing.isOwn) return null;
  return (
    <Card>
      <StandingNote seller={seller} standing={standing} next={`/sellers/${seller.id}`} />
    </Card>
  );
}
