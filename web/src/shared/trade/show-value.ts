import { useTranslation } from 'react-i18next';

import type trade from '@/locales/en/trade.json';
import type { MoneyValue } from '@/shared/api/types';
import { useCategories } from '@/shared/categories/categories';
import { countryName } from '@/shared/countries/countries';
import { formatDate, formatDateTime } from '@/shared/dates/format';
import { formatMoney } from '@/shared/money/money';
import { formatQuantity, useUnits } from '@/shared/units/units';

type FieldName = keyof typeof trade.fields;

const MOMENTS = new Set(['quotes_due_at', 'valid_until']);
const NUMBERS = new Set(['quantity', 'tax_rate']);
const DAYS = new Set(['lead_time_days', 'payment_days']);

/** Returns what a field of a request, quote or contract is called; its own name where it has no words. */
export function useFieldLabel(): (field: string) => string {
  const { t } = useTranslation('trade');
  return (field) => {
    const translate = t as unknown as (key: string, fallback: string) => string;
    return translate(`fields.${field as FieldName}`, field);
  };
}

/** Returns a function that writes a field's value for people; an absent value gives an empty text. */
export function useShownValue(): (field: string, value: unknown) => string {
  const { t } = useTranslation('trade');
  const categories = useCategories();
  const units = useUnits();
  return (field, value) => {
    if (value === null || value === undefined || value === '') return '';
    if (isMoney(value)) return formatMoney(value);
    if (Array.isArray(value)) return value.map(nameOf).join(', ');
    if (typeof value === 'object') return nameOf(value);
    const text = String(value as string | number | boolean);
    const money = /^(-?\d+) ([A-Z]{3})$/.exec(text);
    if (money !== null) return formatMoney({ amount: Number(money[1]), currency: money[2] ?? '' });
    if (field === 'category') return categories.label(text);
    if (field === 'unit') return units.name(text);
    if (field === 'delivery_country') return countryName(text);
    if (field === 'kind') return t(`kinds.${text as 'offered'}`);
    if (NUMBERS.has(field)) return formatQuantity(text);
    if (DAYS.has(field)) return t('days', { count: Number(text) });
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDate(text);
    if (MOMENTS.has(field)) return formatDateTime(text);
    return text;
  };
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

function nameOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : '';
  return typeof name === 'string' ? name : '';
}
