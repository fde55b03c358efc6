import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { printedCode } from '@/shared/goods/barcode';
import { useCategoryNames } from '@/shared/categories/tree';
import { nameNow } from '@/shared/i18n/names';
import { useCan } from '@/shared/session/session';
import { formatQuantity, useUnits } from '@/shared/units/units';
import { Badge, StatusBadge } from '@/shared/ui/badge';
import { statusWord } from '@/shared/ui/data-table/status-word';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { Link } from '@/shared/ui/link';
import { Picture } from '@/shared/ui/picture';
import { DateTime } from '@/shared/ui/values';

import type { ProductSummary } from '../api/types';
import { PriceCell } from './price-cell';

/** The columns of the supplier's table. Ids are the names by which the API sorts. */
export function useProductColumns(
  onStock: (row: ProductSummary) => void,
): TableColumn<ProductSummary>[] {
  const { t } = useTranslation(['products', 'status']);
  const can = useCan();
  const units = useUnits();
  const categories = useCategoryNames();
  return useMemo<TableColumn<ProductSummary>[]>(() => {
    return [
      {
        id: 'name',
        header: t('columns.name'),
        isPrimary: true,
        isSortable: true,
        text: nameNow,
        cell: (row) => (
          <span className="flex items-center gap-3">
            {row.image === null ? (
              <span aria-hidden className="size-10 shrink-0 rounded-base bg-sunken" />
            ) : (
              <Picture picture={row.image} sizes="40px" className="size-10 shrink-0 rounded-base" />
            )}
            <span className="flex min-w-0 flex-col">
              <Link
                to="/app/products/$productId"
                params={{ productId: row.id }}
                className="font-medium decoration-transparent hover:decoration-current"
              >
                {nameNow(row)}
              </Link>
              <span className="text-small font-normal text-muted">
                {row.sku}
                {row.has_variants && ` · ${t('columns.variants', { count: row.variants_count })}`}
              </span>
            </span>
          </span>
        ),
      },
      {
        id: 'sku',
        header: t('columns.sku'),
        isSortable: true,
        isHiddenAtFirst: true,
        text: (row) => row.sku,
        cell: (row) => <span className="tabular">{row.sku}</span>,
      },
      {
        id: 'state',
        header: t('columns.state'),
        isSortable: true,
        text: (row) => statusWord('product', row.state),
        cell: (row) => (
          <span className="flex flex-wrap gap-1">
            <StatusBadge noun="product" status={row.state} />
            {!row.active && <Badge tone="draft">{t('columns.off')}</Badge>}
          </span>
        ),
      },
      {
        id: 'price',
        header: t('columns.price'),
        isNumeric: true,
        isSortable: true,
        text: (row) => row.price,
        cell: (row) => (
          <PriceCell row={row} canEdit={can('products:write') && row.state !== 'archived'} />
        ),
      },
      {
        id: 'available',
        header: t('columns.available'),
        isNumeric: true,
        isSortable: true,
        text: (row) => Number(row.available),
        cell: (row) =>
          can('stock:write') && !row.has_variants && row.state !== 'archived' ? (
            <button
              type="button"
              className="rounded-base px-1.5 py-0.5 whitespace-nowrap tabular decoration-dotted underline-offset-4 hover:bg-hover hover:underline"
              onClick={() => onStock(row)}
            >
              <span className="sr-only">{t('stock.edit', { name: nameNow(row) })}: </span>
              {units.quantity(row.available, row.unit)}
            </button>
          ) : (
            <span className="whitespace-nowrap tabular">
              {units.quantity(row.available, row.unit)}
            </span>
          ),
      },
      {
        id: 'category',
        header: t('columns.category'),
        text: (row) => (row.category === null ? null : categories.of(row.category)),
        cell: (row) => (row.category === null ? '—' : categories.of(row.category)),
      },
      {
        id: 'visibility',
        header: t('columns.visibility'),
        isHiddenAtFirst: true,
        text: (row) => t(`visibility.${row.visibility}`),
        cell: (row) => t(`visibility.${row.visibility}`),
      },
      {
        id: 'minimum_order',
        header: t('columns.minimum'),
        isNumeric: true,
        isHiddenAtFirst: true,
        text: (row) => Number(row.minimum_order),
        cell: (row) => formatQuantity(row.minimum_order),
      },
      {
        id: 'barcode',
        header: t('columns.barcode'),
        isHiddenAtFirst: true,
        text: (row) => row.barcode,
        cell: (row) => (
          <span className="tabular">{row.barcode === null ? '—' : printedCode(row.barcode)}</span>
        ),
      },
      {
        id: 'updated_at',
        header: t('columns.updated'),
        isSortable: true,
        isHiddenAtFirst: true,
        text: (row) => ({ at: row.updated_at }),
        cell: (row) => <DateTime value={row.updated_at} />,
      },
    ];
  }, [t, can, units, categories, onStock]);
}
