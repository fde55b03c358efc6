import i18next from 'i18next';
import * as z from 'zod/mini';

import type { MoneyValue } from '@/shared/api/types';
import { parseDecimal, plainDecimal } from '@/shared/trade/totals';

import type { TermsBody, TermsView } from '../api/types';

const TITLE_MAX = 200;
const PHRASE_MAX = 300;
const TEXT_MAX = 10_000;

const phrase = z.string().check(z.trim(), z.maxLength(PHRASE_MAX));
const text = z.string().check(z.maxLength(TEXT_MAX));
const days = (most: number) =>
  z.string().check(
    z.trim(),
    z.refine((value) => value === '' || (/^\d{1,4}$/.test(value) && Number(value) <= most)),
  );

const termsLineSchema = z
  .object({
    request_line_id: z.nullable(z.string()),
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(TITLE_MAX)),
    quantity: z.string(),
    unit: z.string(),
    unit_price: z.custom<MoneyValue | null>(),
    tax_rate: z.string(),
  })
  .check(
    z.superRefine((line, context) => {
      const refuse = (path: string, isEmpty: boolean): void => {
        const message = i18next.t(isEmpty ? 'required' : 'invalid', { ns: 'validation' });
        context.addIssue({ code: 'custom', path: [path], message });
      };
      const quantity = parseDecimal(line.quantity);
      if (quantity === null || quantity.digits === 0n || quantity.scale > 6)
        refuse('quantity', line.quantity === '');
      if (line.unit_price === null) refuse('unit_price', true);
      else if (line.unit_price.amount < 0) refuse('unit_price', false);
      const rate = parseDecimal(line.tax_rate);
      if (rate === null || rate.scale > 2 || Number(plainDecimal(line.tax_rate)) > 100)
        refuse('tax_rate', line.tax_rate === '');
    }),
  );

/** Terms as the form holds them: numbers as they are typed, absent days empty. */
export const termsSchema = z.object({
  lines: z.array(termsLineSchema).check(z.minLength(1)),
  delivery_terms: phrase,
  delivery_place: phrase,
  delivery_date: z.string(),
  lead_time_days: days(3650),
  payment_terms: phrase,
  payment_days: days(365),
  warranty: text,
  penalties: text,
  notes: text,
  valid_until: z.string(),
  note: text,
});

export type TermsValues = z.infer<typeof termsSchema>;

/** The present terms, to begin new ones with. */
export function termsValues(terms: TermsView): TermsValues {
  return {
    lines: terms.lines.map((line) => ({
      request_line_id: line.request_line_id ?? null,
      name: line.name,
      quantity: String(line.quantity),
      unit: line.unit,
      unit_price: line.unit_price,
      tax_rate: String(line.tax_rate),
    })),
    delivery_terms: terms.delivery_terms,
    delivery_place: terms.delivery_place,
    delivery_date: terms.delivery_date ?? '',
    lead_time_days: terms.lead_time_days === null ? '' : String(terms.lead_time_days),
    payment_terms: terms.payment_terms,
    payment_days: String(terms.payment_days),
    warranty: terms.warranty,
    penalties: terms.penalties,
    notes: terms.notes,
    valid_until: terms.valid_until ?? '',
    note: '',
  };
}

/** A line to be filled in. */
export function emptyTermsLine(): TermsValues['lines'][number] {
  return {
    request_line_id: null,
    name: '',
    quantity: '1',
    unit: 'H87',
    unit_price: null,
    tax_rate: '',
  };
}

/** Writes the form's values as the API wants them, in the deal's currency. */
export function proposalBody(
  values: TermsValues,
  currency: string,
): { terms: TermsBody; note: string } {
  const { note, lines, delivery_date, lead_time_days, payment_days, valid_until, ...texts } =
    values;
  return {
    note,
    terms: {
      ...texts,
      lines: lines.map((line) => ({
        ...line,
        quantity: plainDecimal(line.quantity),
        tax_rate: plainDecimal(line.tax_rate),
        unit_price: { amount: line.unit_price?.amount ?? 0, currency },
      })),
      delivery_date: delivery_date === '' ? null : delivery_date,
      lead_time_days: lead_time_days === '' ? null : Number(lead_time_days),
      payment_days: Number(payment_days),
      valid_until: valid_until === '' ? null : valid_until,
    },
  };
}
