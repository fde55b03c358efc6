import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, it } from 'vitest';

import { loadWords } from '@/shared/i18n/i18n';
import { answer, fakeNetwork } from '@/shared/testing/network';
import { renderWithApp } from '@/shared/testing/render';

import { PasswordForm } from './password-form';

beforeAll(() => loadWords('settings', 'ui'));

const current = (): HTMLElement => screen.getByLabelText(/^Current password/);
const fresh = (): HTMLElement => screen.getByLabelText('New password');
const repeated = (): HTMLElement => screen.getByLabelText('New password once more');
const submit = () => userEvent.click(screen.getByRole('button', { name: 'Change the password' }));

it('sends nothing while the new password is short or was repeated otherwise', async () => {
  const sent = fakeNetwork();
  renderWithApp(<PasswordForm />);
  await userEvent.type(fresh(), 'short');
  await userEvent.type(repeated(), 'shorter');
  await submit();
  await waitFor(() => expect(fresh()).toBeInvalid());
  await userEvent.clear(fresh());
  await userEvent.type(fresh(), 'steppe-caravan-42');
  await submit();
  await waitFor(() => expect(repeated()).toBeInvalid());
  expect(fresh()).toBeValid();
  expect(sent).toEqual([]);
});

it('leaves out a current password that there is none of, and forgets what was typed', async () => {
  const sent = fakeNetwork(answer(204));
  renderWithApp(<PasswordForm />);
  await userEvent.type(fresh(), 'steppe-caravan-42');
  await userEvent.type(repeated(), 'steppe-caravan-42');
  await submit();
  await waitFor(() => expect(fresh()).toHaveValue(''));
  expect(sent[0]?.body).toEqual({ new_password: 'steppe-caravan-42' });
});

it('says beside the current password that it is wrong, and keeps the new one', async () => {
  const problem = {
    status: 422,
    code: 'validation',
    title: 'Invalid',
    errors: [{ pointer: '/current_password', code: 'identity.wrong_password', detail: 'Wrong.' }],
  };
  fakeNetwork(answer(422, problem));
  renderWithApp(<PasswordForm />);
  await userEvent.type(current(), 'wrong');
  await userEvent.type(fresh(), 'steppe-caravan-42');
  await userEvent.type(repeated(), 'steppe-caravan-42');
  await submit();
  await waitFor(() => expect(current()).toBeInvalid());
  expect(current()).toHaveAccessibleDescription(/The current password is wrong\./);
  expect(fresh()).toHaveValue('steppe-caravan-42');
});
