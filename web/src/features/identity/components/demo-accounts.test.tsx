import { screen } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';

import { loadWords } from '@/shared/i18n/i18n';
import { answer, fakeNetwork } from '@/shared/testing/network';
import { renderWithApp } from '@/shared/testing/render';

import { DemoAccounts } from './demo-accounts';

const COLLEAGUE = {
  email: 'viewer@demo.example',
  password: 'karavan-demo-2026',
  display_name: 'Lena Fomina',
  role: 'viewer',
  platform_role: null,
  organisation_name: 'Demo Inc',
};
const OPERATOR = {
  ...COLLEAGUE,
  email: 'platform@karavan.example',
  display_name: 'Platform Administrator',
  platform_role: 'superadmin',
};

beforeAll(() => loadWords('auth', 'common'));

it('says who works where and as what, and who looks after the platform', async () => {
  fakeNetwork(answer(200, { items: [COLLEAGUE, OPERATOR] }));
  renderWithApp(<DemoAccounts next={undefined} />);
  expect(await screen.findByRole('button', { name: /Lena Fomina/ })).toHaveTextContent(
    'Demo Inc · Viewer',
  );
  expect(screen.getByRole('button', { name: /Platform Administrator/ })).toHaveTextContent(
    'Administers the whole platform',
  );
});
