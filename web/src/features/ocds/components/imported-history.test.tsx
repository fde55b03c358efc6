import { screen, within } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';

import { loadWords } from '@/shared/i18n/i18n';
import { answer, fakeNetwork } from '@/shared/testing/network';
import { renderWithApp } from '@/shared/testing/render';

import { ImportedHistory } from './imported-history';

const RECORD = {
  external_id: 'award-1',
  kind: 'award',
  title: '',
  status: 'active',
  value: { amount: 1_100_000_000, currency: 'GBP' },
  paid: null,
  dated_at: '2010-05-10T09:30:00Z',
  award_id: null,
  party_names: ['AnyCorp Cycle Provision'],
};

beforeAll(() => loadWords('ocds'));

it('shows the releases with their tags, and who won elsewhere for how much', async () => {
  const sent = fakeNetwork(
    answer(200, {
      ocid: 'ocds-213czf-000-00001',
      releases: [
        {
          release_id: 'r-3',
          released_at: '2010-03-20T09:45:00Z',
          tags: ['tenderAmendment', 'homeMade'],
          imported_by_name: 'Dana',
          created_at: '2026-11-21T03:45:00Z',
        },
      ],
      parties: [],
      quotes: [],
      awards: [RECORD],
      contracts: [],
    }),
  );
  renderWithApp(<ImportedHistory requestId="q1" />);
  // A tag of nobody's list is shown as the file has it.
  const release = (await screen.findByText('Tender amended, homeMade')).closest('li');
  expect(release).toHaveTextContent('r-3');
  expect(release).toHaveTextContent('imported by Dana');
  const award = screen.getByText('AnyCorp Cycle Provision').closest('li');
  expect(within(award as HTMLElement).getByText('Active')).toBeVisible();
  expect(award).toHaveTextContent('£11,000,000.00');
  expect(screen.getAllByRole('heading', { level: 3 }).map((one) => one.textContent)).toEqual([
    'Imported releases',
    'Awards',
  ]);
  expect(sent[0]?.path).toBe('/api/v1/requests/q1/ocds/history');
});

it('offers another try when the history cannot be read', async () => {
  fakeNetwork(answer(500), answer(500));
  renderWithApp(<ImportedHistory requestId="q1" />);
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible();
});
