import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, it, vi } from 'vitest';

import { loadWords } from '@/shared/i18n/i18n';
import { answer, fakeNetwork } from '@/shared/testing/network';
import { renderWithApp } from '@/shared/testing/render';

import { JobList } from './job-list';

beforeAll(() => loadWords('admin', 'ui'));

const job = (id: number, state: string, error: string | null = null) => ({
  id,
  name: `mail.send_${String(id)}`,
  queue: 'default',
  state,
  attempts: 5,
  error,
  enqueued_at: '2026-11-21T03:00:00Z',
  run_at: null,
  failed_at: null,
});
const page = (...items: unknown[]) => answer(200, { items, next: null });

it('gives another chance to failed work alone, and says why it failed', async () => {
  const failed = job(2, 'failed', 'SMTPServerDisconnected: the server hung up');
  const sent = fakeNetwork(
    page(job(1, 'succeeded'), failed),
    answer(200, {}),
    page(job(1, 'succeeded'), job(2, 'waiting')),
  );
  renderWithApp(<JobList search={{}} onSearch={() => undefined} />);
  const row = (await screen.findByText('mail.send_2')).closest('li') as HTMLElement;
  expect(screen.getAllByRole('button', { name: 'Try again' })).toHaveLength(1);
  expect(row).toHaveTextContent('SMTPServerDisconnected: the server hung up');
  await userEvent.click(within(row).getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(within(row).getByText('Waiting')).toBeVisible());
  expect(sent[1]).toMatchObject({ method: 'POST', path: '/api/v1/admin/jobs/2/retry' });
  expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
});

it('gives failed work up once it is asked for twice', async () => {
  const failed = job(2, 'failed', 'ConnectionError');
  const sent = fakeNetwork(page(failed), answer(200, {}), page(job(2, 'cancelled')));
  renderWithApp(<JobList search={{}} onSearch={() => undefined} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Discard' }));
  const dialog = await screen.findByRole('dialog', { name: 'Discard mail.send_2?' });
  expect(sent).toHaveLength(1);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Discard' }));
  await waitFor(() => expect(screen.getByText('Cancelled', { selector: 'li *' })).toBeVisible());
  expect(sent[1]).toMatchObject({ method: 'POST', path: '/api/v1/admin/jobs/2/discard' });
  expect(screen.queryByRole('button', { name: 'Discard' })).not.toBeInTheDocument();
});

it('narrows to a state, and to all of them again', async () => {
  fakeNetwork(page(job(1, 'failed')));
  const onSearch = vi.fn();
  renderWithApp(<JobList search={{ state: 'failed' }} onSearch={onSearch} />);
  const filter = screen.getByRole('combobox', { name: 'Status' });
  await userEvent.selectOptions(filter, 'waiting');
  expect(onSearch).toHaveBeenLastCalledWith({ state: 'waiting' });
  await userEvent.selectOptions(filter, '');
  expect(onSearch).toHaveBeenLastCalledWith({ state: undefined });
});
