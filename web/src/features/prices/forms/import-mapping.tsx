import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import { Badge } from '@/shared/ui/badge';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Select } from '@/shared/ui/input';

import { useMapPriceImport, useStartPriceImport } from '../api/mutations';
import type { ColumnMapping, ImportView } from '../api/queries';

const FIELDS = ['sku', 'price', 'from_quantity', 'currency'] as const;

interface ImportMappingProps {
  run: ImportView;
  mapping: NonNullable<ImportView['mapping']>;
}

/** What each column of a table of prices means, and a person's word over what was recognised. */
export function ImportMapping({ run, mapping }: ImportMappingProps): ReactNode {
  const { t } = useTranslation('prices');
  const [columns, setColumns] = useState<readonly ColumnMapping[]>(mapping.columns);
  const map = useMapPriceImport(run.id);
  const start = useStartPriceImport();
  const known = new Set(columns.map((one) => one.field));
  const isReadable = known.has('sku') && known.has('price');
  const error = map.error ?? start.error;
  const isPending = map.isPending || start.isPending;
  const submit = (): void =>
    map.mutate(
      { version: run.version, columns: [...columns] },
      { onSuccess: () => start.mutate(run.id) },
    );
  return (
    <div className="flex flex-col gap-4">
      {error !== null && <Banner tone="stopped">{problemText(error).message}</Banner>}
      {run.sheets.length > 1 && (
        <Field label={t('import.sheet')} isRequired>
          <Select
            value={String(mapping.sheet ?? 0)}
            disabled={isPending}
            onChange={(event) =>
              map.mutate({ version: run.version, sheet: Number(event.target.value) })
            }
            choices={run.sheets.map(({ name }, index) => ({ value: String(index), label: name }))}
          />
        </Field>
      )}
      <ul className="divide-y divide-line">
        {columns.map((column) => (
          <Column
            key={column.index}
            column={column}
            taken={known}
            onChange={(field) =>
              setColumns(
                columns.map((one) =>
                  one.index === column.index ? { ...one, field, confidence: 1 } : one,
                ),
              )
            }
          />
        ))}
      </ul>
      {!isReadable && <Banner tone="waiting">{t('import.unmapped')}</Banner>}
      <div>
        <Button variant="primary" disabled={!isReadable} isPending={isPending} onClick={submit}>
          {t('import.start')}
        </Button>
      </div>
    </div>
  );
}

interface ColumnProps {
  column: ColumnMapping;
  taken: ReadonlySet<string | null | undefined>;
  onChange: (field: string | null) => void;
}

function Column({ column, taken, onChange }: ColumnProps): ReactNode {
  const { t } = useTranslation('prices');
  const heading = column.header || t('import.column', { number: column.index + 1 });
  return (
    <li className="grid grid-cols-1 gap-x-4 gap-y-1 py-2.5 sm:grid-cols-[minmax(0,1fr)_13rem] sm:items-center">
      <div className="min-w-0">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{heading}</span>
          {column.remembered === true && <Badge tone="done">{t('import.remembered')}</Badge>}
        </p>
        <p className="truncate text-small text-muted">{(column.samples ?? []).join(' · ')}</p>
      </div>
      <Select
        aria-label={t('import.means', { column: heading })}
        value={column.field ?? ''}
        placeholder={t('import.leave_out')}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        choices={FIELDS.map((field) => ({
          value: field,
          label: t(`import.fields.${field}`),
          isDisabled: field !== column.field && taken.has(field),
        }))}
      />
    </li>
  );
}
