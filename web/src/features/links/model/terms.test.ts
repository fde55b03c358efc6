import { expect, it } from 'vitest';

import type { LinkTerms } from '../api/types';
import { changedFields, termsBody, termsSchema, termsValues } from './terms';

const TERMS: LinkTerms = {
  number: 1,
  price_list_id: 'list',
  price_list_name: 'Wholesale',
  credit_limit: { amount: 0, currency: 'KZT' },
  payment_days: 0,
  minimum_order: null,
  delivery_days: 3,
  representative_user_id: 'somebody',
  representative_name: 'Timur',
};

it('keeps nought apart from what is not agreed, and the price list as it was', () => {
  expect(termsBody(termsValues(TERMS, 'USD'))).toEqual({
    price_list_id: 'list',
    credit_limit: { amount: 0, currency: 'KZT' },
    payment_days: 0,
    minimum_order: null,
    delivery_days: 3,
    representative_user_id: 'somebody',
  });
});

it('writes both amounts in the chosen currency', () => {
  const values = { ...termsValues(TERMS, 'KZT'), currency: 'USD' };
  expect(termsBody(values).credit_limit).toEqual({ amount: 0, currency: 'USD' });
});

it('takes days of a year at most', () => {
  const values = termsValues(null, 'KZT');
  for (const payment of ['', '0', '365'])
    expect(termsSchema.safeParse({ ...values, payment_days: payment }).success).toBe(true);
  for (const payment of ['366', '-1', '1.5', 'x'])
    expect(termsSchema.safeParse({ ...values, payment_days: payment }).success).toBe(false);
});

it('names what differs between two versions', () => {
  const after = { ...TERMS, number: 2, credit_limit: null, payment_days: 10 };
  expect(changedFields(TERMS, after)).toEqual(['credit_limit', 'payment_days']);
});
