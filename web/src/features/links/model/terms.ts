import * as z from 'zod/mini';

import type { MoneyValue } from '@/shared/api/types';

import type { LinkTerms, LinkTermsBody } from '../api/types';

const DAYS_MAX = 365;
const days = z.string().check(
  z.trim(),
  z.refine((value) => value === '' || (/^\d{1,3}$/.test(value) && Number(value) <= DAYS_MAX)),
);
const amount = z.custom<MoneyValue | null>(
  (value) =>
    value === null || (typeof value === 'object' && 'amount' in value && Number(value.amount) >= 0),
);

/** Terms as the form holds them: what is empty is not agreed. Both amounts are in one currency. */
export const termsSchema = z.object({
  price_list_id: z.string(),
  currency: z.string(),
  credit_limit: amount,
  payment_days: days,
  minimum_order: amount,
  delivery_days: days,
  representative_user_id: z.string(),
});

export type TermsValues = z.infer<typeof termsSchema>;

/** What the form begins with: the present terms, or nothing. */
export function termsValues(terms: LinkTerms | null, currency: string): TermsValues {
  return {
    price_list_id: terms?.price_list_id ?? '',
    currency: (terms?.credit_limit ?? terms?.minimum_order)?.currency ?? currency,
    credit_limit: terms?.credit_limit ?? null,
    payment_days: numberText(terms?.payment_days),
    minimum_order: terms?.minimum_order ?? null,
    delivery_days: numberText(terms?.delivery_days),
    representative_user_id: terms?.representative_user_id ?? '',
  };
}

/** The body that the form stands for. */
export function termsBody(values: TermsValues): LinkTermsBody {
  const { currency, price_list_id: list, representative_user_id: representative } = values;
  return {
    price_list_id: list === '' ? null : list,
    credit_limit: inCurrency(values.credit_limit, currency),
    payment_days: numberOrNone(values.payment_days),
    minimum_order: inCurrency(values.minimum_order, currency),
    delivery_days: numberOrNone(values.delivery_days),
    representative_user_id: representative === '' ? null : representative,
  };
}

function inCurrency(value: MoneyValue | null, currency: string): MoneyValue | null {
  return value === null ? null : { amount: value.amount, currency };
}

function numberText(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

function numberOrNone(value: string): number | null {
  return value === '' ? null : Number(value);
}

export const TERMS_FIELDS = [
  'price_list_name',
  'credit_limit',
  'payment_days',
  'minimum_order',
  'delivery_days',
  'representative_name',
] as const satisfies readonly (keyof LinkTerms)[];

export type TermsField = (typeof TERMS_FIELDS)[number];

/** Returns the fields in which two versions differ. */
export function changedFields(before: LinkTerms, after: LinkTerms): TermsField[] {
  return TERMS_FIELDS.filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
}
