import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, it, vi } from 'vitest';

import type { Session } from '@/shared/api/types';
import { loadWords } from '@/shared/i18n/i18n';
import { answer, fakeNetwork } from '@/shared/testing/network';
import { renderWithApp } from '@/shared/testing/render';

import { RateDialog } from './rate-dialog';

const DANA = { permissions: [], organisation: { currency: 'KZT' } } as unknown as Session;

beforeAll(() => loadWords('settings', 'ui', 'common'));

const rate = (): HTMLElement => screen.getByLabelText('Rate');
const save = () => userEvent.click(screen.getByRole('button', { name: 'Save' }));

it('takes a decimal comma and spaces, and sends every digit as it was written', async () => {
  const sent = fakeNetwork(answer(200, { rates: [] }));
  const onClose = vi.fn();
  renderWithApp(<RateDialog isOpen onClose={onClose} />, DANA);
  await userEvent.type(rate(), '1 505,2500000001');
  await save();
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(sent[0]).toMatchObject({ method: 'PUT', path: '/api/v1/exchange-rates' });
  expect(sent[0]?.body).toMatchObject({
    rates: [{ base: 'USD', quote: 'KZT', rate: '1505.2500000001' }],
  });
});

it.each(['0', '0,00', '-5', 'abc', '1.12345678901'])('refuses %s beside the rate', async (text) => {
  const sent = fakeNetwork();
  renderWithApp(<RateDialog isOpen onClose={() => undefined} />, DANA);
  await userEvent.type(rate(), text);
  await save();
  await waitFor(() => expect(rate()).toBeInvalid());
  expect(rate()).toHaveAccessibleDescription(/number above zero/);
  expect(sent).toEqual([]);
});

it('refuses one currency on both sides', async () => {
  const sent = fakeNetwork();
  renderWithApp(<RateDialog isOpen onClose={() => undefined} />, DANA);
  await userEvent.selectOptions(screen.getByLabelText('One unit of'), 'KZT');
  await userEvent.type(rate(), '5');
  await save();
  expect(await screen.findByText('Choose another currency.')).toBeVisible();
  expect(sent).toEqual([]);
});
