import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { productsQuery } from '@/features/products/api/queries';
import { PRODUCT_STATES, VISIBILITIES } from '@/features/products/api/types';
import { ProductList } from '@/features/products/views/product-list';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch, tableSearch } from '@/shared/ui/data-table/search';

const flag = z.catch(z.optional(z.enum(['true', 'false'])), undefined);

const searchSchema = z.extend(tableSearch, {
  state: z.catch(z.optional(z.enum(PRODUCT_STATES)), undefined),
  visibility: z.catch(z.optional(z.enum(VISIBILITIES)), undefined),
  in_stock: flag,
  active: flag,
});

export const Route = createFileRoute('/app/products/')({
  validateSearch: searchSchema,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(productsQuery(deps));
    return loadWords('products', 'status', 'units', 'categories', 'measures', 'validation');
  },
  component: Products,
});

function Products() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <ProductList
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
      onOpen={(productId) =>
        void navigate({ to: '/app/products/$productId', params: { productId } })
      }
    />
  );
}
