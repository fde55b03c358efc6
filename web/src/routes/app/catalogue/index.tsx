import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { linkedCatalogueQuery } from '@/features/catalogue/api/queries';
import { type LinkedSearch, linkedSearch } from '@/features/catalogue/model/linked-search';
import { LinkedPage } from '@/features/catalogue/views/linked-page';
import { mySuppliersQuery } from '@/features/links/api/queries';
import { sellerQuery } from '@/features/sellers/api/queries';
import { SupplierChoice } from '@/features/sellers/components/supplier-choice';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch } from '@/shared/ui/data-table/search';
import { Select } from '@/shared/ui/input';

const LINKED_MAX = 100;
const linkedSuppliers = mySuppliersQuery({ state: 'accepted', size: LINKED_MAX });

export const Route = createFileRoute('/app/catalogue/')({
  validateSearch: linkedSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps: { supplier, ...search } }) => {
    void context.queryClient.prefetchQuery(linkedSuppliers);
    if (supplier !== undefined) {
      void context.queryClient.prefetchQuery(linkedCatalogueQuery(supplier, search));
      void context.queryClient.prefetchQuery(sellerQuery(supplier));
    }
    return loadWords('catalogue', 'units', 'validation', 'problems');
  },
  component: LinkedCatalogue,
});

function LinkedCatalogue() {
  const { t } = useTranslation('catalogue');
  const { supplier, ...search } = Route.useSearch();
  const navigate = Route.useNavigate();
  const links = useQuery(linkedSuppliers);
  const { data: seller } = useQuery({
    ...sellerQuery(supplier ?? ''),
    enabled: supplier !== undefined,
  });
  const suppliers = links.data?.items.map((link) => link.supplier);
  if (supplier === undefined) {
    return (
      <SupplierChoice
        suppliers={suppliers}
        error={links.error}
        onRetry={() => void links.refetch()}
      />
    );
  }
  return (
    <LinkedPage
      key={supplier}
      supplierId={supplier}
      seller={seller}
      search={search}
      onSearch={(patch) =>
        void navigate({
          search: (current) => patchSearch(current, inStockRead(patch)),
          replace: true,
          resetScroll: 'page' in patch,
        })
      }
      change={
        <Select
          aria-label={t('linked.choose')}
          className="w-56"
          value={supplier}
          choices={(suppliers ?? []).map((one) => ({
            value: one.organisation_id,
            label: one.name,
          }))}
          onChange={(event) => void navigate({ search: { supplier: event.target.value } })}
        />
      }
    />
  );
}

/** A list of choices gives words where the address has yes or no. */
function inStockRead(patch: Partial<LinkedSearch>) {
  if (!('in_stock' in patch)) return patch;
  const given: unknown = patch.in_stock;
  return { ...patch, in_stock: given === 'true' ? true : undefined };
}
