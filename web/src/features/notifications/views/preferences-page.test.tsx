import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, it } from 'vitest';

import { loadWords } from '@/shared/i18n/i18n';
import { answer, fakeNetwork } from '@/shared/testing/network';
import { renderWithApp } from '@/shared/testing/render';

import { PreferencesPage } from './preferences-page';

beforeAll(() => loadWords('notifications', 'ui'));

const GROUPS = [
  { group: 'deals', in_app: true, email: true },
  { group: 'team', in_app: true, email: false },
];

it('stores one choice with all others as they were', async () => {
  const sent = fakeNetwork(answer(200, { groups: GROUPS }), answer(200, { groups: GROUPS }));
  renderWithApp(<PreferencesPage />);
  const box = await screen.findByRole('checkbox', { name: 'Deals: E-mail' });
  await userEvent.click(box);
  expect(box).not.toBeChecked();
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toMatchObject({
    method: 'PUT',
    path: '/api/v1/notifications/preferences',
    body: {
      groups: [
        { group: 'deals', in_app: true, email: false },
        { group: 'team', in_app: true, email: false },
      ],
    },
  });
});

it('takes a choice back that was not stored', async () => {
  let refuse = (): void => undefined;
  const refused = new Promise<Response>((resolve) => (refuse = () => resolve(answer(500))));
  fakeNetwork(answer(200, { groups: GROUPS }), () => refused);
  renderWithApp(<PreferencesPage />);
  const box = await screen.findByRole('checkbox', { name: 'Team: E-mail' });
  await userEvent.click(box);
  await waitFor(() => expect(box).toBeChecked());
  refuse();
  await waitFor(() => expect(box).not.toBeChecked());
});
