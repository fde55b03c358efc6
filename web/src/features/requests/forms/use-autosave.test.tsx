import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { expect, it } from 'vitest';

import { useZodForm } from '@/shared/forms/form';
import { answer, fakeNetwork } from '@/shared/testing/network';
import { renderWithApp } from '@/shared/testing/render';

import type { RequestView } from '../api/types';
import { EMPTY_LINE, requestSchema, valuesOf } from '../model/values';
import { useAutosave } from './use-autosave';

const REQUEST = {
  id: 'r1',
  version: 4,
  title: 'Gloves',
  description: '',
  category: 'safety',
  visibility: 'public',
  sealed: false,
  currency: 'KZT',
  budget: null,
  quotes_due_at: null,
  needed_by: null,
  delivery_country: null,
  delivery_place: '',
  delivery_terms: '',
  payment_terms: '',
  lines: [],
  attachments: [],
} as unknown as RequestView;

function Sample(): ReactNode {
  const form = useZodForm(requestSchema, { ...valuesOf(REQUEST), lines: [{ ...EMPTY_LINE }] });
  const autosave = useAutosave(REQUEST, form);
  return (
    <>
      <input aria-label="Title" {...form.register('title')} />
      <input aria-label="Name" {...form.register('lines.0.name')} />
      <input aria-label="Quantity" {...form.register('lines.0.quantity')} />
      <output>{autosave.state.name}</output>
    </>
  );
}

const state = (): string => screen.getByRole('status').textContent ?? '';

it('keeps what is typed once typing rests, against the version that was read, and learns new ids', async () => {
  const sent = fakeNetwork(
    answer(200, { ...REQUEST, version: 5, lines: [{ id: 'l1' }] }),
    answer(200, { ...REQUEST, version: 6, lines: [{ id: 'l1' }] }),
  );
  renderWithApp(<Sample />);
  await userEvent.type(screen.getByLabelText('Name'), 'Size L');
  await userEvent.type(screen.getByLabelText('Quantity'), '20');
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ method: 'PATCH', path: '/api/v1/requests/r1' });
  expect(sent[0]?.body).toMatchObject({
    version: 4,
    lines: [{ name: 'Size L', quantity: '20', unit: 'H87', target_price: null }],
  });
  await waitFor(() => expect(state()).toBe('saved'));
  await userEvent.type(screen.getByLabelText('Title'), ', leather');
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]?.body).toMatchObject({
    version: 5,
    title: 'Gloves, leather',
    lines: [{ id: 'l1', name: 'Size L' }],
  });
  await waitFor(() => expect(state()).toBe('saved'));
});

it('never writes over what somebody else has changed', async () => {
  const sent = fakeNetwork(
    answer(409, { code: 'conflict', meta: { version: 9 } }),
    // Leaving the page tries once more, and is refused in the same way.
    answer(409, { code: 'conflict', meta: { version: 9 } }),
  );
  const { unmount } = renderWithApp(<Sample />);
  await userEvent.type(screen.getByLabelText('Title'), '!');
  await waitFor(() => expect(state()).toBe('failed'));
  unmount();
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent.map(({ body }) => (body as { version: number }).version)).toEqual([4, 4]);
});
