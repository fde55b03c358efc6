import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';

import type { ResourceAction } from '@/shared/api/types';
import { answer, fakeNetwork } from '@/shared/testing/network';
import { renderWithApp } from '@/shared/testing/render';

import { ActionBar } from './action-bar';

afterEach(() => vi.unstubAllGlobals());

function show(...actions: ResourceAction[]) {
  const onDone = vi.fn();
  renderWithApp(
    <ActionBar
      actions={actions}
      resourcePath="/requests/r1"
      version={4}
      subject="RFQ-1"
      primary="publish"
      staleKeys={[['requests']]}
      onDone={onDone}
    />,
  );
  return onDone;
}

it('draws what is offered, the primary last and what ends things first', () => {
  show(
    { name: 'cancel', reason: 'required' },
    { name: 'publish', reason: 'none' },
    { name: 'extend', reason: 'none' },
  );
  expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual([
    'Cancel',
    'Extend the deadline',
    'Publish',
  ]);
});

it('performs a plain action at once, with the version', async () => {
  const sent = fakeNetwork(answer(200, { id: 'r1', version: 5 }));
  const onDone = show({ name: 'publish', reason: 'none' });
  await userEvent.click(screen.getByRole('button', { name: 'Publish' }));
  await waitFor(() =>
    expect(onDone).toHaveBeenCalledExactlyOnceWith('publish', { id: 'r1', version: 5 }),
  );
  expect(sent[0]).toMatchObject({
    method: 'POST',
    path: '/api/v1/requests/r1/publish',
    body: { version: 4 },
  });
});

it('asks for a required reason, and sends nothing without one', async () => {
  const sent = fakeNetwork(answer(200, {}));
  const onDone = show({ name: 'cancel', reason: 'required' });
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  const submit = async (): Promise<void> => {
    const buttons = await screen.findAllByRole('button', { name: 'Cancel' });
    await userEvent.click(buttons[buttons.length - 1] as HTMLElement);
  };
  await submit();
  expect(screen.getByLabelText('Reason')).toHaveAccessibleDescription(/Fill this in/);
  expect(sent).toHaveLength(0);
  await userEvent.type(screen.getByLabelText('Reason'), '  No longer needed  ');
  await submit();
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce());
  expect(sent[0]?.body).toEqual({ reason: 'No longer needed', version: 4 });
});

it('keeps the dialog and what was written when the server refuses', async () => {
  fakeNetwork(answer(409, { code: 'conflict', detail: 'Changed.' }));
  const onDone = show({ name: 'withdraw', reason: 'optional' });
  await userEvent.click(screen.getByRole('button', { name: 'Withdraw' }));
  await userEvent.type(screen.getByLabelText(/Reason/), 'Error in the price');
  await userEvent.click(screen.getByRole('button', { name: 'Withdraw' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Somebody changed this meanwhile.');
  expect(screen.getByLabelText(/Reason/)).toHaveValue('Error in the price');
  expect(onDone).not.toHaveBeenCalled();
});
