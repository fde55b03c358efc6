import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, it } from 'vitest';

import { loadWords } from '@/shared/i18n/i18n';
import { answer, fakeNetwork, type SentRequest } from '@/shared/testing/network';
import { renderWithApp } from '@/shared/testing/render';

import { AuditPage } from './audit-page';

beforeAll(() => loadWords('audit', 'ui'));

const entry = (sequence: number, label: string) => ({
  sequence,
  position: sequence,
  occurred_at: '2026-11-21T03:00:00Z',
  action: 'request.publish',
  actor: { id: 'u1', name: 'Dana' },
  target: { type: 'request', id: 'r1', label },
  before: { state: 'draft' },
  after: { state: 'published' },
  reason: null,
  ip: null,
  request_id: null,
  hash: 'abc',
});

const VERIFIED = { ok: true, entries: 3, sealed: 3, broken_at: null, reason: null };

/** Answers by path: the list in two pages, the members, and what a check of the chain found. */
function serve(verification: object): void {
  const reply = ({ path }: SentRequest): Response => {
    if (path.includes('/members')) return answer(200, { items: [] });
    if (path.includes('/verify')) return answer(200, verification);
    return path.includes('cursor=older')
      ? answer(200, { items: [entry(2, 'RFQ-2')], next: null })
      : answer(200, { items: [entry(9, 'RFQ-9')], next: 'older' });
  };
  fakeNetwork(reply, reply, reply, reply);
}

it('opens an entry that is older than the first page', async () => {
  serve(VERIFIED);
  renderWithApp(<AuditPage organisationId="o1" search={{ entry: 2 }} onSearch={() => undefined} />);
  const drawer = await screen.findByRole('dialog');
  expect(drawer).toHaveTextContent('RFQ-2');
  expect(drawer).toHaveTextContent('draft');
  expect(drawer).toHaveTextContent('published');
});

it('says where the chain is broken and why', async () => {
  serve({ ...VERIFIED, ok: false, broken_at: 2, reason: 'changed', head_hash: null });
  renderWithApp(<AuditPage organisationId="o1" search={{}} onSearch={() => undefined} />);
  await userEvent.click(screen.getByRole('button', { name: 'Verify the chain' }));
  expect(await screen.findByText('The trail was altered at position 2.')).toBeVisible();
  expect(screen.getByText('An entry is not what was sealed.')).toBeVisible();
});
