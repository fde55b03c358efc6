import { useQuery } from '@tanstack/react-query';
import { Package } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameNow } from '@/shared/i18n/names';
import { useCan } from '@/shared/session/session';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { FilterBar } from '@/shared/ui/filter-bar';
import { ButtonLink } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';

import { useChangeMany } from '../api/mutations';
import { productsQuery, readAllProducts } from '../api/queries';
import {
  type BulkAction,
  type BulkResult,
  PRODUCT_STATES,
  type ProductSearch,
  type ProductSummary,
  VISIBILITIES,
} from '../api/types';
import { BulkDialog } from '../components/bulk-dialog';
import { useProductColumns } from '../components/product-columns';
import { StockDialog } from '../components/stock-dialog';

interface ProductListProps {
  search: ProductSearch;
  onSearch: (patch: SearchPatch) => void;
  onOpen: (productId: string) => void;
}

interface Dialogue {
  kind: 'price' | 'category';
  rows: ProductSummary[];
}

/** The supplier's products: price and stock are changed where they stand, many at once from the selection. */
export function ProductList({ search, onSearch, onOpen }: ProductListProps): ReactNode {
  const { t } = useTranslation(['products', 'status']);
  const can = useCan();
  const query = useQuery(productsQuery(search));
  const many = useChangeMany();
  const [stocked, setStocked] = useState<ProductSummary | null>(null);
  const [dialogue, setDialogue] = useState<Dialogue | null>(null);
  const [refused, setRefused] = useState<BulkResult | null>(null);
  const columns = useProductColumns(setStocked);
  const told = (result: BulkResult): void => {
    setRefused(result.refused === 0 ? null : result);
    if (result.changed > 0) showDone(t('bulk.done', { count: result.changed }));
  };
  const act = (action: BulkAction['action']) => (rows: ProductSummary[]) => {
    void many
      .mutateAsync({ ids: rows.map((row) => row.id), action, reason: '' })
      .then(told, () => undefined);
  };
  const isSeller = can('products:write');
  const start = isSeller && (
    <ButtonLink to="/app/products/new" variant="primary">
      {t('list.new')}
    </ButtonLink>
  );
  const header = (
    <>
      <ButtonLink to="/app/products/stock-places">{t('places.title')}</ButtonLink>
      {isSeller && <ButtonLink to="/app/products/import">{t('list.import')}</ButtonLink>}
      {start}
    </>
  );
  return (
    <PageBody>
      <PageHeader title={t('list.title')} text={t('list.text')} actions={header} />
      {refused !== null && (
        <Refused result={refused} rows={query.data?.items ?? []} onClose={() => setRefused(null)} />
      )}
      <DataTable
        id="products"
        label={t('list.title')}
        columns={columns}
        query={query}
        search={search}
        onSearch={onSearch}
        rowName={nameNow}
        onOpen={(row) => onOpen(row.id)}
        readAll={() => readAllProducts(search)}
        bulkActions={
          isSeller
            ? [
                { label: t('bulk.propose'), run: act('propose') },
                {
                  label: t('bulk.change_price'),
                  run: (rows) => setDialogue({ kind: 'price', rows }),
                },
                {
                  label: t('bulk.set_category'),
                  run: (rows) => setDialogue({ kind: 'category', rows }),
                },
                { label: t('bulk.activate'), run: act('activate') },
                { label: t('bulk.deactivate'), run: act('deactivate') },
                { label: t('bulk.archive'), run: act('archive'), isDangerous: true },
              ]
            : []
        }
        empty={
          <EmptyState
            icon={Package}
            title={t('list.empty')}
            text={t('list.empty_text')}
            action={start}
          />
        }
        filters={<Filters search={search} onSearch={onSearch} />}
      />
      {stocked !== null && <StockDialog product={stocked} onClose={() => setStocked(null)} />}
      {dialogue !== null && (
        <BulkDialog {...dialogue} onClose={() => setDialogue(null)} onResult={told} />
      )}
    </PageBody>
  );
}

function Filters({ search, onSearch }: Pick<ProductListProps, 'search' | 'onSearch'>): ReactNode {
  const { t } = useTranslation(['products', 'status']);
  return (
    <FilterBar
      q={search.q}
      onSearch={onSearch}
      filters={[
        {
          name: 'state',
          label: t('columns.state'),
          value: search.state,
          choices: PRODUCT_STATES.map((value) => ({
            value,
            label: t(`status:product.${value}.label`),
          })),
        },
        {
          name: 'in_stock',
          label: t('columns.available'),
          value: search.in_stock,
          choices: (['true', 'false'] as const).map((value) => ({
            value,
            label: t(`filters.stock_${value}`),
          })),
        },
        {
          name: 'visibility',
          label: t('columns.visibility'),
          value: search.visibility,
          choices: VISIBILITIES.map((value) => ({ value, label: t(`visibility.${value}`) })),
        },
        {
          name: 'active',
          label: t('filters.active'),
          value: search.active,
          choices: (['true', 'false'] as const).map((value) => ({
            value,
            label: t(`filters.active_${value}`),
          })),
        },
      ]}
    />
  );
}

interface RefusedProps {
  result: BulkResult;
  rows: ProductSummary[];
  onClose: () => void;
}

/** Says of every product that refused why it did. */
function Refused({ result, rows, onClose }: RefusedProps): ReactNode {
  const { t } = useTranslation('products');
  const names = new Map(rows.map((row) => [row.id, nameNow(row)]));
  return (
    <Banner tone="waiting" action={<Button onClick={onClose}>{t('bulk.seen')}</Button>}>
      <p className="font-medium">{t('bulk.refused', { count: result.refused })}</p>
      <ul className="mt-1 list-disc pl-5">
        {result.rows
          .filter((row) => !row.ok)
          .map((row) => (
            <li key={row.id}>
              {names.get(row.id) ?? row.id}: {row.detail}
            </li>
          ))}
      </ul>
    </Banner>
  );
}
