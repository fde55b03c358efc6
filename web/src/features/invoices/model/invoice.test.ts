import { expect, it } from 'vitest';

import type { InvoiceDetails } from '../api/types';
import { missingParts, shownState, takesCredit, takesPayment } from './invoice';

const kzt = (amount: number) => ({ amount, currency: 'KZT' });
const invoice = (values: Partial<InvoiceDetails>): InvoiceDetails =>
  ({
    kind: 'invoice',
    state: 'sent',
    side: 'issued',
    overdue: false,
    total: kzt(100),
    paid: kzt(0),
    credited: kzt(0),
    due: kzt(100),
    ...values,
  }) as InvoiceDetails;

it('tells what people need to know about a sent invoice', () => {
  expect([
    shownState(invoice({})),
    shownState(invoice({ paid: kzt(10) })),
    shownState(invoice({ paid: kzt(10), overdue: true })),
    shownState(invoice({ kind: 'credit_note' })),
    shownState(invoice({ state: 'void', overdue: true })),
  ]).toEqual(['sent', 'partly_paid', 'overdue', 'issued', 'void']);
});

it('offers payments and credit notes to the seller alone, while there is something to pay or correct', () => {
  expect([takesPayment(invoice({})), takesCredit(invoice({}))]).toEqual([true, true]);
  expect(takesPayment(invoice({ side: 'received' }))).toBe(false);
  expect(takesPayment(invoice({ due: kzt(0) }))).toBe(false);
  expect(takesCredit(invoice({ state: 'draft' }))).toBe(false);
  expect(takesCredit(invoice({ state: 'paid', credited: kzt(100) }))).toBe(false);
});

it('says on which side something is missing for the exchange, each thing once', () => {
  const part = (detail: string, enter_at: string) => ({
    rule: 'BR-01',
    path: '/x',
    detail,
    enter_at,
  });
  const meta = {
    missing: [
      part('Seller VAT', '/organisations/a'),
      part('Seller VAT', '/organisations/a'),
      part('Buyer address', '/organisations/b'),
      part('Reference', '/invoices/1'),
      'nonsense',
    ],
  };
  expect(missingParts(meta, 'a')).toEqual([
    { rule: 'BR-01', detail: 'Seller VAT', whose: 'ours' },
    { rule: 'BR-01', detail: 'Buyer address', whose: 'theirs' },
    { rule: 'BR-01', detail: 'Reference', whose: 'document' },
  ]);
  expect(missingParts({}, 'a')).toEqual([]);
});
