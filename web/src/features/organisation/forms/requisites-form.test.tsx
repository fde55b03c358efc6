import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, it } from 'vitest';

import type { Session } from '@/shared/api/types';
import { loadWords } from '@/shared/i18n/i18n';
import { answer, fakeNetwork } from '@/shared/testing/network';
import { renderWithApp } from '@/shared/testing/render';

import type { Organisation, OrganisationSettings } from '../api/queries';
import { RequisitesForm } from './requisites-form';

const ORGANISATION = {
  id: 'o1',
  legal_name: 'Demo Inc LLP',
  tax_id: '000140000017',
  vat_number: '',
  address: 'Abay Ave 52',
  postal_code: '050000',
  details: { email: 'office@demo.example', phone: '+7 727 000 00 00' },
} as unknown as Organisation;
const BANK = {
  bank_name: 'Demo Bank',
  bank_code: 'DEMOKZKA',
  bank_account: 'KZ00 0000',
  beneficiary_code: '',
} as unknown as OrganisationSettings;

const person = (...permissions: string[]): Session => ({ permissions }) as unknown as Session;

beforeAll(() => loadWords('settings', 'common'));

it('says beside each field what cannot stand on a document, and sends nothing', async () => {
  const sent = fakeNetwork();
  renderWithApp(
    <RequisitesForm organisation={ORGANISATION} bank={BANK} />,
    person('organisation:update', 'organisation:update_settings'),
  );
  const phone = screen.getByLabelText(/^Phone/);
  const account = screen.getByLabelText(/^Account/);
  await userEvent.clear(phone);
  await userEvent.type(phone, 'abc');
  await userEvent.clear(account);
  await userEvent.type(account, 'счёт');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(phone).toHaveAccessibleDescription(/such as \+7 727/));
  expect(account).toHaveAccessibleDescription(/Latin letters/);
  expect(sent).toEqual([]);
});

it('takes an address away with null, and leaves the bank to those who may change it', async () => {
  const sent = fakeNetwork(answer(200, ORGANISATION), answer(200, person('organisation:update')));
  renderWithApp(
    <RequisitesForm organisation={ORGANISATION} bank={BANK} />,
    person('organisation:update'),
  );
  await userEvent.clear(screen.getByLabelText(/^E-mail for documents/));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent[0]?.body).toMatchObject({ email: null, tax_id: '000140000017' }));
  expect(sent[0]?.path).toBe('/api/v1/organisations/o1');
  expect(sent.some(({ path }) => path.includes('/settings'))).toBe(false);
});

it('can be read and not written by everybody else', () => {
  renderWithApp(<RequisitesForm organisation={ORGANISATION} bank={null} />, person());
  expect(screen.getByLabelText(/^Legal name/)).toBeDisabled();
  expect(screen.queryByLabelText(/^Account/)).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument();
});
