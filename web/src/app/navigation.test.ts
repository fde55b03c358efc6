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

it('shows each side its own work and not that of the other', () => {
  const buyer = pages('buyer', [...READS, 'requests:write']);
  const vendor = pages('vendor', [...READS, 'quotes:submit']);
  expect(buyer).toEqual(expect.arrayContaining(['dashboard', 'requests', 'deals', 'invoices']));
  expect(buyer).not.toContain('board');
  expect(buyer).not.toContain('quotes');
  expect(vendor).toEqual(expect.arrayContaining(['dashboard', 'board', 'quotes', 'deals']));
  expect(vendor).not.toContain('requests');
});

it('shows a viewer all that can be read, and nothing else', () => {
  const viewer = pages('viewer', READS);
  expect(viewer).toEqual(
    expect.arrayContaining(['requests', 'board', 'quotes', 'deals', 'invoices']),
  );
  expect(viewer).not.toContain('audit');
});

it('leads to no page that does not exist', () => {
  expect(pages('viewer', READS, (path) => path === '/app')).toEqual(['dashboard']);
});

it('begins with selling for whoever only sells', () => {
  const groups = (buys: boolean, sells: boolean) =>
    visibleNavigation(
      {
        role: 'viewer',
        permissions: READS,
        organisation: { buys, sells },
      },
      () => true,
    ).map((group) => group.label);
  expect(groups(false, true).slice(0, 3)).toEqual([null, 'selling', 'buying']);
  expect(groups(true, true).slice(0, 3)).toEqual([null, 'buying', 'selling']);
});
