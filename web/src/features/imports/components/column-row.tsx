import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { components } from '@/shared/api/schema';
import { Badge } from '@/shared/ui/badge';
import { Select } from '@/shared/ui/input';
import type { Tone } from '@/shared/ui/status-tones';

import type { ColumnMapping } from '../api/queries';
import { sureness } from '../model/steps';

const TONES = { sure: 'done', likely: 'open', guess: 'waiting' } as const satisfies Record<
  string,
  Tone
>;

interface ColumnRowProps {
  column: ColumnMapping;
  fields: readonly components['schemas']['FieldView'][];
  taken: readonly ColumnMapping[];
  onChange: (patch: Partial<ColumnMapping>) => void;
}

/** One column: its heading, what stands in it, and what it is taken for. */
export function ColumnRow({ column, fields, taken, onChange }: ColumnRowProps): ReactNode {
  const { t } = useTranslation('imports');
  const name = t as unknown as (key: string, fallback: string) => string;
  const heading = column.header || t('column_number', { number: column.index + 1 });
  const used = new Set(
    taken.filter((other) => other.index !== column.index).map((other) => other.field),
  );
  const sure = sureness(column.confidence ?? 0);
  return (
    <li className="grid gap-x-6 gap-y-2 py-3 sm:grid-cols-[1fr_16rem_7rem] sm:items-center">
      <div className="min-w-0">
        <p className="truncate font-medium">{heading}</p>
        <p className="truncate text-small text-muted">{(column.samples ?? []).join(' · ')}</p>
      </div>
      <Select
        aria-label={t('means', { column: heading })}
        value={column.field ?? ''}
        placeholder={t('leave_out')}
        onChange={(event) =>
          onChange({
            field: event.target.value === '' ? null : event.target.value,
            confidence: 1,
          })
        }
        choices={fields.map((field) => ({
          value: field.name,
          label:
            typeof field.label === 'string'
              ? t('attribute', { name: field.label })
              : name(`fields.${field.name}`, field.name),
          isDisabled: !field.repeated && used.has(field.name),
        }))}
      />
      <span>
        {column.field !== null && column.field !== undefined && (
          <Badge tone={column.remembered === true ? 'done' : TONES[sure]}>
            {column.remembered === true ? t('remembered') : t(`sureness.${sure}`)}
          </Badge>
        )}
      </span>
    </li>
  );
}
