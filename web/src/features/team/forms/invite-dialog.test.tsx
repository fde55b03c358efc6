import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, it, vi } from 'vitest';

import type { Session } from '@/shared/api/types';
import { loadWords } from '@/shared/i18n/i18n';
import { answer, fakeNetwork } from '@/shared/testing/network';
import { renderWithApp } from '@/shared/testing/render';

import { InviteDialog } from './invite-dialog';

const ADMIN = {
  role: 'admin',
  permissions: ['members:manage'],
  organisation: { id: 'o1', name: 'Demo Inc', buys: true, sells: false },
} as unknown as Session;

beforeAll(() => loadWords('team', 'common', 'ui'));

function open() {
  const onClose = vi.fn();
  const onSent = vi.fn();
  renderWithApp(<InviteDialog session={ADMIN} isOpen onClose={onClose} onSent={onSent} />);
  return { onClose, onSent };
}

it('sends the address, the role and the language, and offers no role above one’s own', async () => {
  const sent = fakeNetwork(answer(201));
  const { onClose, onSent } = open();
  expect(screen.queryByRole('radio', { name: /^Owner/ })).not.toBeInTheDocument();
  await userEvent.type(screen.getByLabelText('E-mail'), ' dana@demo.example ');
  await userEvent.click(screen.getByRole('radio', { name: /^Manager/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Send the invitation' }));
  await waitFor(() => expect(onSent).toHaveBeenCalledOnce());
  expect(onClose).toHaveBeenCalledOnce();
  expect(sent[0]).toMatchObject({
    method: 'POST',
    path: '/api/v1/invites',
    body: { email: 'dana@demo.example', role: 'manager', locale: 'en' },
  });
});

it('says beside the address that it belongs to a member, and stays open', async () => {
  fakeNetwork(answer(409, { code: 'organisations.already_member', status: 409, title: 'Member' }));
  const { onClose } = open();
  const address = screen.getByLabelText('E-mail');
  await userEvent.type(address, 'buyer@demo.example');
  await userEvent.click(screen.getByRole('button', { name: 'Send the invitation' }));
  await waitFor(() => expect(address).toBeInvalid());
  expect(address).toHaveAccessibleDescription(/This person is a member already\./);
  expect(onClose).not.toHaveBeenCalled();
});

it('sends nothing for what is no address', async () => {
  const sent = fakeNetwork();
  open();
  await userEvent.type(screen.getByLabelText('E-mail'), 'dana');
  await userEvent.click(screen.getByRole('button', { name: 'Send the invitation' }));
  await waitFor(() => expect(screen.getByLabelText('E-mail')).toBeInvalid());
  expect(sent).toEqual([]);
});
