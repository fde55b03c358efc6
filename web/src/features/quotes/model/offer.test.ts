import { expect, it } from 'vitest';

import type { TradeRequest } from '@/shared/trade/request-query';

import type { QuoteVersion } from '../api/types';
import { offerBody, offerSchema, offerValues } from './offer';

const request = {
  currency: 'KZT',
  quotes_due_at: '2026-03-10T09:00:00Z',
  payment_terms: 'Net 30',
  delivery_terms: 'DAP Almaty',
  lines: [
    {
      id: 'a',
      position: 1,
      name: 'Flour',
      specification: '',
      quantity: '10',
      unit: 'TNE',
      target_price: null,
    },
    {
      id: 'b',
      position: 2,
      name: 'Sugar',
      specification: '',
      quantity: '2.5',
      unit: 'KGM',
      target_price: null,
    },
  ],
} as unknown as TradeRequest;
const present = {
  currency: 'KZT',
  valid_until: '2026-04-01T12:00:00Z',
  lead_time_days: 5,
  payment_days: 14,
  payment_terms: '',
  delivery_terms: 'EXW',
  delivery: { amount: 0, currency: 'KZT' },
  note: 'n',
  attachments: [],
  lines: [
    {
      request_line_id: 'a',
      kind: 'alternative',
      name: 'Rye flour',
      quantity: '9',
      unit: 'TNE',
      unit_price: { amount: 500, currency: 'KZT' },
      tax_rate: '12',
      lead_time_days: null,
      comment: '',
    },
  ],
} as unknown as QuoteVersion;

it('begins with what was asked for', () => {
  const values = offerValues(request, null, new Date('2026-03-01T00:00:00Z'));
  expect(values.lines.map(({ quantity, unit, kind }) => [quantity, unit, kind])).toEqual([
    ['10', 'TNE', 'offered'],
    ['2.5', 'KGM', 'offered'],
  ]);
  expect([values.delivery_terms, values.payment_terms, values.delivery]).toEqual([
    'DAP Almaty',
    'Net 30',
    null,
  ]);
});

it('keeps what the present version says and asks anew for a line that was added', () => {
  const values = offerValues(request, present, new Date());
  expect(values.lines[0]).toMatchObject({ kind: 'alternative', name: 'Rye flour', quantity: '9' });
  expect(values.lines[1]).toMatchObject({ kind: 'offered', unit_price: null, tax_rate: '' });
});

it('follows an amended quantity only where exactly the former one was offered', () => {
  const quantity = (former: string): string | undefined =>
    offerValues(request, present, new Date(), new Map([['a', former]])).lines[0]?.quantity;
  expect([quantity('9'), quantity('8')]).toEqual(['10', '9']);
});

it('writes what the API wants: plain decimals, no price where there is nothing to offer', () => {
  const values = offerValues(request, present, new Date());
  const lines = values.lines.map((line, index) =>
    index === 0
      ? { ...line, quantity: '9,5', tax_rate: '12,5' }
      : { ...line, kind: 'not_available' as const },
  );
  const body = offerBody({
    ...values,
    lines,
    currency: 'USD',
    lead_time_days: '7',
    payment_days: '',
  });
  expect(body.lines).toEqual([
    {
      request_line_id: 'a',
      kind: 'alternative',
      comment: '',
      name: 'Rye flour',
      quantity: '9.5',
      unit: 'TNE',
      unit_price: { amount: 500, currency: 'USD' },
      tax_rate: '12.5',
      lead_time_days: null,
    },
    { request_line_id: 'b', kind: 'not_available', comment: '' },
  ]);
  expect([body.lead_time_days, body.payment_days]).toEqual([7, 0]);
});

it('refuses lines without a price or rate, but not those that are not available', () => {
  const values = { ...offerValues(request, present, new Date()), lead_time_days: '7' };
  const refused = offerSchema.safeParse(values);
  expect(refused.error?.issues.map((issue) => issue.path.join('.'))).toEqual([
    'lines.1.unit_price',
    'lines.1.tax_rate',
  ]);
  const lines = values.lines.map((line, index) =>
    index === 1 ? { ...line, kind: 'not_available' as const } : line,
  );
  expect(offerSchema.safeParse({ ...values, lines }).success).toBe(true);
});
