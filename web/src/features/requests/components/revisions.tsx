import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { MoneyValue } from '@/shared/api/types';
import { useCategories } from '@/shared/categories/categories';
import { countryName } from '@/shared/countries/countries';
import { formatDate, formatDateTime } from '@/shared/dates/format';
import { formatMoney } from '@/shared/money/money';
import { formatQuantity, useUnits } from '@/shared/units/units';
import { Timeline } from '@/shared/ui/progress';

import type { RequestView } from '../api/types';
import { readChange, type ReadChange } from '../model/changes';

const NAMED_FIELDS = [
  'title',
  'category',
  'description',
  'currency',
  'budget',
  'delivery_country',
  'delivery_place',
  'delivery_terms',
  'payment_terms',
  'needed_by',
  'quotes_due_at',
  'visibility',
  'sealed',
  'name',
  'specification',
  'quantity',
  'unit',
  'target_price',
] as const;

/** What was amended since the publication, newest first. */
export function Revisions({ request }: { request: RequestView }): ReactNode {
  const { t } = useTranslation('requests');
  const nameOf = (id: string): string => request.lines.find((line) => line.id === id)?.name ?? '…';
  return (
    <Timeline
      entries={[...request.revisions].reverse().map((revision) => ({
        id: String(revision.revision),
        title: `${t('card.revision', { number: revision.revision })} · ${revision.changed_by_name}`,
        at: revision.created_at,
        tone: 'open' as const,
        text: (
          <>
            {revision.note !== '' && <p className="text-ink">{revision.note}</p>}
            <ul className="mt-1 flex flex-col gap-1">
              {revision.changes.map((change) => (
                <li key={change.field}>
                  <ChangeText change={readChange(change, nameOf)} />
                </li>
              ))}
            </ul>
          </>
        ),
      }))}
    />
  );
}

function ChangeText({ change }: { change: ReadChange }): ReactNode {
  const { t } = useTranslation('requests');
  const label = useFieldLabel();
  switch (change.kind) {
    case 'line_added':
    case 'line_removed':
      return t(`card.${change.kind}`, { name: change.name });
    case 'files':
      return t('card.files_changed');
    case 'order':
      return t('card.order_changed');
    case 'line':
      return (
        <>
          {t('card.line_of', { field: label(change.field), line: change.line })}:{' '}
          <Difference field={change.field} before={change.before} after={change.after} />
        </>
      );
    case 'field':
      return (
        <>
          {label(change.field)}:{' '}
          <Difference field={change.field} before={change.before} after={change.after} />
        </>
      );
  }
}

function useFieldLabel(): (field: string) => string {
  const { t } = useTranslation('requests');
  return (field) => {
    const known = NAMED_FIELDS.find((name) => name === field);
    return known === undefined ? field : t(`fields.${known}`);
  };
}

interface DifferenceProps {
  field: string;
  before: unknown;
  after: unknown;
}

function Difference({ field, before, after }: DifferenceProps): ReactNode {
  const categories = useCategories();
  const units = useUnits();
  const show = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return '—';
    if (isMoney(value)) return formatMoney(value);
    if (typeof value !== 'string') return String(value);
    if (field === 'category') return categories.label(value);
    if (field === 'unit') return units.name(value);
    if (field === 'quantity') return formatQuantity(value);
    if (field === 'delivery_country') return countryName(value);
    if (field === 'needed_by') return formatDate(value);
    if (field === 'quotes_due_at') return formatDateTime(value);
    return value;
  };
  return (
    <>
      <del className="text-faint">{show(before)}</del> →{' '}
      <ins className="font-medium text-ink no-underline">{show(after)}</ins>
    </>
  );
}

function isMoney(value: unknown): value is MoneyValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    'amount' in value &&
    'currency' in value &&
    typeof value.amount === 'number' &&
    typeof value.currency === 'string'
  );
}
