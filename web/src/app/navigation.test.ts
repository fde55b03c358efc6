import { expect, it } from 'vitest';

import { visibleNavigation } from './navigation';

const pages = (
  role: 'buyer' | 'vendor' | 'viewer',
  permissions: string[],
  exists: (path: string) => boolean = () => true,
): string[] =>
  visibleNavigation({ role, permissions }, exists).flatMap((group) =>
    group.items.map((item) => item.label),
  );
const READS = ['requests:read', 'board:read', 'quotes:read', 'deals:read', 'invoices:read'];

it('shows each side its own work', () => {
  expect(pages('buyer', [...READS, 'requests:write'])).toEqual([
    'dashboard',
    'requests',
    'deals',
    'invoices',
    'team',
    'settings',
  ]);
  expect(pages('vendor', [...READS, 'quotes:submit'])).toEqual([
    'dashboard',
    'board',
    'quotes',
    'deals',
    'invoices',
    'team',
    'settings',
  ]);
});

it('shows a viewer all that can be read', () => {
  expect(pages('viewer', READS)).toEqual([
    'dashboard',
    'requests',
    'board',
    'quotes',
    'deals',
    'invoices',
    'team',
    'settings',
  ]);
});

it('leads to no page that does not exist', () => {
  expect(pages('viewer', READS, (path) => path === '/app')).toEqual(['dashboard']);
});
