import { useQuery } from '@tanstack/react-query';
import { Tags } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useMediaQuery } from '@/shared/hooks/browser';
import { nameNow } from '@/shared/i18n/names';
import { Button } from '@/shared/ui/button';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { Field } from '@/shared/ui/field';
import { FilterBar } from '@/shared/ui/filter-bar';
import { Input } from '@/shared/ui/input';
import { EmptyState } from '@/shared/ui/states';
import { Money } from '@/shared/ui/values';

import {
  type GridSearch,
  gridQuery,
  type PriceListView,
  type PriceRow,
  stepPrice,
} from '../api/queries';
import { StepCell } from './step-cell';

interface PriceGridProps {
  list: PriceListView;
  search: GridSearch;
  onSearch: (patch: SearchPatch) => void;
  canEdit: boolean;
}

/** The list as a spreadsheet: products down, quantity steps across, every cell changed where it stands. */
export function PriceGrid({ list, search, onSearch, canEdit }: PriceGridProps): ReactNode {
  const { t } = useTranslation('prices');
  const query = useQuery(gridQuery(list.id, search));
  const [added, setAdded] = useState<readonly string[]>([]);
  const [opened, setOpened] = useState<string | null>(null);
  const isWide = useMediaQuery('(min-width: 48rem)');
  const present = (query.data?.items ?? []).flatMap((row) =>
    row.steps.map((step) => step.from_quantity),
  );
  const steps = [...new Set(['1', ...present, ...added])].sort(
    (one, other) => Number(one) - Number(other),
  );
  const columns: TableColumn<PriceRow>[] = [
    {
      id: 'name',
      header: t('grid.product'),
      isPrimary: true,
      isSortable: true,
      text: nameNow,
      cell: (row) => (
        <span className="flex flex-col">
          <span className="font-medium">
            {nameNow(row)}
            {Object.values(row.options).length > 0 && ` · ${Object.values(row.options).join(', ')}`}
          </span>
          <span className="text-small text-muted">{row.sku}</span>
        </span>
      ),
    },
    {
      id: 'own',
      header: t('grid.own'),
      isNumeric: true,
      text: (row) => row.own_price.amount,
      cell: (row) => <Money value={row.own_price} className="text-muted" />,
    },
    ...steps.map((quantity): TableColumn<PriceRow> => ({
      id: `from_${quantity}`,
      header: t('grid.step', { quantity }),
      isNumeric: true,
      text: (row) => stepPrice(row, quantity)?.amount ?? null,
      cell: (row) => {
        const key = cellKey(row, quantity);
        // A card shows the steps that there are; the others are offered together below them.
        if (!isWide && opened !== key && stepPrice(row, quantity) === null) return null;
        return (
          <StepCell
            list={list}
            row={row}
            quantity={quantity}
            canEdit={canEdit}
            isOpenAtFirst={opened === key}
            onClose={() => setOpened(null)}
          />
        );
      },
    })),
  ];
  if (!isWide && canEdit) {
    columns.push({
      id: 'missing',
      header: t('grid.missing'),
      cell: (row) => {
        const missing = steps.filter(
          (quantity) => stepPrice(row, quantity) === null && opened !== cellKey(row, quantity),
        );
        return missing.length === 0 ? null : (
          <span className="flex flex-wrap justify-end gap-1.5 pt-1">
            {missing.map((quantity) => (
              <Button
                key={quantity}
                size="small"
                aria-label={t('grid.edit', { name: nameNow(row), quantity })}
                onClick={() => setOpened(cellKey(row, quantity))}
              >
                {t('grid.step', { quantity })}
              </Button>
            ))}
          </span>
        );
      },
    });
  }
  return (
    <div className="flex flex-col gap-4">
      {canEdit && <AddStep onAdd={(quantity) => setAdded([...added, quantity])} />}
      <DataTable
        key={`${steps.join()} ${isWide}`}
        id="list-prices"
        label={t('grid.label')}
        columns={columns}
        query={query}
        search={search}
        onSearch={onSearch}
        rowName={nameNow}
        empty={<EmptyState icon={Tags} title={t('grid.empty')} text={t('grid.empty_text')} />}
        filters={
          <FilterBar
            q={search.q}
            onSearch={onSearch}
            filters={[
              {
                name: 'priced',
                label: t('grid.priced'),
                value: search.priced,
                choices: [
                  { value: 'with', label: t('grid.with') },
                  { value: 'without', label: t('grid.without') },
                ],
              },
            ]}
          />
        }
      />
    </div>
  );
}

function cellKey(row: PriceRow, quantity: string): string {
  return `${row.product_id} ${quantity}`;
}

function AddStep({ onAdd }: { onAdd: (quantity: string) => void }): ReactNode {
  const { t } = useTranslation('prices');
  const [text, setText] = useState('');
  const isWhole = /^[1-9]\d{0,8}$/.test(text);
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWhole) return;
        onAdd(text);
        setText('');
      }}
    >
      <Field label={t('grid.step_quantity')} isRequired>
        <Input
          inputMode="numeric"
          className="w-32 text-right tabular"
          value={text}
          onChange={(event) => setText(event.target.value.trim())}
        />
      </Field>
      <Button type="submit" disabled={!isWhole}>
        {t('grid.add_step')}
      </Button>
    </form>
  );
}
