import i18next from 'i18next';
import * as z from 'zod/mini';

import type { FileView, MoneyValue } from '@/shared/api/types';
import type { TradeRequest } from '@/shared/trade/request-query';
import { parseDecimal, plainDecimal } from '@/shared/trade/totals';

import type { LineKind, OfferBody, QuoteVersion } from '../api/types';
import { LINE_KINDS } from '../api/types';

const DAYS_MAX = 3650;
const PAYMENT_DAYS_MAX = 365;
const PHRASE_MAX = 300;
const TEXT_MAX = 10_000;
export const ATTACHMENTS_MAX = 20;
const VALID_DAYS = 30;
const END_OF_WORK_HOUR = 18;

const money = z.custom<MoneyValue | null>();
const days = (most: number) =>
  z.string().check(
    z.trim(),
    z.refine((text) => text === '' || (/^\d{1,4}$/.test(text) && Number(text) <= most)),
  );

const lineSchema = z
  .object({
    request_line_id: z.string(),
    kind: z.enum(LINE_KINDS),
    name: z.string().check(z.trim(), z.maxLength(PHRASE_MAX)),
    quantity: z.string(),
    unit: z.string(),
    unit_price: money,
    tax_rate: z.string(),
    lead_time_days: days(DAYS_MAX),
    comment: z.string().check(z.maxLength(TEXT_MAX)),
  })
  .check(
    z.superRefine((line, context) => {
      if (line.kind === 'not_available') return;
      const refuse = (path: string, isEmpty: boolean): void => {
        const message = i18next.t(isEmpty ? 'required' : 'invalid', { ns: 'validation' });
        context.addIssue({ code: 'custom', path: [path], message });
      };
      if (line.unit_price === null) refuse('unit_price', true);
      else if (line.unit_price.amount < 0) refuse('unit_price', false);
      if (line.kind === 'alternative' && line.name === '') refuse('name', true);
      const quantity = parseDecimal(line.quantity);
      if (quantity === null || quantity.digits === 0n || quantity.scale > 6)
        refuse('quantity', line.quantity === '');
      const rate = parseDecimal(line.tax_rate);
      if (rate === null || rate.scale > 2 || Number(plainDecimal(line.tax_rate)) > 100)
        refuse('tax_rate', line.tax_rate === '');
    }),
  );

/** An offer as the form holds it: numbers as they are typed, files as they are shown. */
export const offerSchema = z.object({
  currency: z.string().check(z.minLength(1)),
  valid_until: z.string().check(z.minLength(1)),
  lead_time_days: z.pipe(z.string().check(z.minLength(1)), days(DAYS_MAX)),
  payment_days: days(PAYMENT_DAYS_MAX),
  payment_terms: z.string().check(z.trim(), z.maxLength(PHRASE_MAX)),
  delivery_terms: z.string().check(z.trim(), z.maxLength(PHRASE_MAX)),
  delivery: money,
  note: z.string().check(z.maxLength(TEXT_MAX)),
  lines: z.array(lineSchema),
  attachments: z.custom<FileView[]>(),
});

export type OfferValues = z.infer<typeof offerSchema>;
export type OfferLine = OfferValues['lines'][number];

/** Nothing has been amended since the offer. */
const NOTHING_AMENDED: ReadonlyMap<string, string> = new Map();

/**
 * An offer to begin with: what was asked for, or what the present version of the quote says to it.
 *
 * @param formerQuantities what was asked for when the present version was written, by line, where that was amended:
 *   whoever offered exactly that offers the new quantity.
 */
export function offerValues(
  request: TradeRequest,
  present: QuoteVersion | null,
  now: Date,
  formerQuantities: ReadonlyMap<string, string> = NOTHING_AMENDED,
): OfferValues {
  return {
    currency: present?.currency ?? request.currency,
    valid_until: present?.valid_until ?? validUntil(request, now),
    lead_time_days: present === null ? '' : String(present.lead_time_days),
    payment_days: present === null ? '' : String(present.payment_days),
    payment_terms: present?.payment_terms ?? request.payment_terms,
    delivery_terms: present?.delivery_terms ?? request.delivery_terms,
    delivery: present !== null && present.delivery.amount > 0 ? present.delivery : null,
    note: present?.note ?? '',
    lines: request.lines.map((line) => {
      const said = present?.lines.find((one) => one.request_line_id === line.id);
      const kind: LineKind = said?.kind ?? 'offered';
      const follows =
        said === undefined ||
        kind === 'not_available' ||
        formerQuantities.get(line.id) === said.quantity;
      return {
        request_line_id: line.id,
        kind,
        name: kind === 'alternative' ? (said?.name ?? '') : '',
        quantity: follows ? line.quantity : said.quantity,
        unit: said?.unit ?? line.unit,
        unit_price: said === undefined || kind === 'not_available' ? null : said.unit_price,
        tax_rate: said?.tax_rate ?? '',
        lead_time_days: said?.lead_time_days == null ? '' : String(said.lead_time_days),
        comment: said?.comment ?? '',
      };
    }),
    attachments: present?.attachments ?? [],
  };
}

/** Thirty days behind the deadline, at the end of the reader's working day: buyers need time to choose. */
function validUntil(request: TradeRequest, now: Date): string {
  const from = request.quotes_due_at === null ? now : new Date(request.quotes_due_at);
  return new Date(
    from.getFullYear(),
    from.getMonth(),
    from.getDate() + VALID_DAYS,
    END_OF_WORK_HOUR,
  ).toISOString();
}

/** Writes the form's values as the API wants them. */
export function offerBody(values: OfferValues): OfferBody {
  const { currency } = values;
  const inCurrency = (value: MoneyValue | null): MoneyValue | null =>
    value === null ? null : { amount: value.amount, currency };
  return {
    currency,
    valid_until: values.valid_until,
    lead_time_days: Number(values.lead_time_days),
    payment_days: Number(values.payment_days),
    payment_terms: values.payment_terms,
    delivery_terms: values.delivery_terms,
    delivery: inCurrency(values.delivery),
    note: values.note,
    lines: values.lines.map((line) => {
      const said = {
        request_line_id: line.request_line_id,
        kind: line.kind,
        comment: line.comment,
      };
      if (line.kind === 'not_available') return said;
      return {
        ...said,
        name: line.kind === 'alternative' ? line.name : '',
        quantity: plainDecimal(line.quantity),
        unit: line.unit,
        unit_price: inCurrency(line.unit_price),
        tax_rate: plainDecimal(line.tax_rate),
        lead_time_days: line.lead_time_days === '' ? null : Number(line.lead_time_days),
      };
    }),
    attachment_ids: values.attachments.map((file) => file.id),
  };
}
