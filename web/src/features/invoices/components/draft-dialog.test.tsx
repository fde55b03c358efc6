import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, it, vi } from 'vitest';

import { loadWords } from '@/shared/i18n/i18n';
import { answer, fakeNetwork } from '@/shared/testing/network';
import { renderWithApp } from '@/shared/testing/render';

import type { InvoiceDetails } from '../api/types';
import { DraftDialog, draftBody } from './draft-dialog';

const LINE = {
  id: 'l1',
  name: 'Cement',
  description: '',
  quantity: '2',
  unit: 'TNE',
  unit_price: { amount: 100_00, currency: 'KZT' },
  tax_rate: '12',
  net: { amount: 200_00, currency: 'KZT' },
  credited: { amount: 0, currency: 'KZT' },
};
const DRAFT = {
  id: 'i1',
  version: 3,
  due_date: '2026-12-31',
  payment_terms: '30 days',
  buyer_reference: '',
  notes: '',
  lines: [LINE],
} as unknown as InvoiceDetails;

const VALUES = {
  due_date: '',
  payment_terms: '30 days',
  buyer_reference: 'PO-7',
  notes: '',
  rates: ['12'],
};

beforeAll(async () => {
  await Promise.all(['invoices', 'ui', 'validation'].map((name) => loadWords(name as 'ui')));
});

it('sends lines only when a rate has changed, and an empty day as none', () => {
  expect(draftBody(DRAFT, VALUES)).toEqual({
    version: 3,
    due_date: null,
    payment_terms: '30 days',
    buyer_reference: 'PO-7',
    notes: '',
  });
  const changed = draftBody(DRAFT, { ...VALUES, rates: ['0'] });
  expect(changed.lines).toEqual([
    {
      name: 'Cement',
      description: '',
      quantity: '2',
      unit: 'TNE',
      unit_price: LINE.unit_price,
      tax_rate: '0',
    },
  ]);
});

it('saves what was written under the version that was read, and refuses a rate above a hundred', async () => {
  const sent = fakeNetwork(answer(200, DRAFT));
  const onClose = vi.fn();
  const user = userEvent.setup();
  renderWithApp(<DraftDialog invoice={DRAFT} isOpen onClose={onClose} />);
  const rate = await screen.findByLabelText(/VAT in per cent: Cement/);
  await user.clear(rate);
  await user.type(rate, '112');
  await user.click(screen.getByRole('button', { name: 'Save the draft' }));
  expect(await screen.findByText('Check this value.')).toBeVisible();
  expect(sent).toHaveLength(0);
  await user.clear(rate);
  await user.type(rate, '5');
  await user.type(screen.getByLabelText(/Buyer’s reference/), 'PO-7');
  await user.click(screen.getByRole('button', { name: 'Save the draft' }));
  await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
  const body = sent[0]?.body as { version: number; buyer_reference: string };
  expect([sent[0]?.method, body.version, body.buyer_reference]).toEqual(['PATCH', 3, 'PO-7']);
});
