import { expect, it } from 'vitest';

import { grantableRoles, mayGrant } from './roles';

it('lets nobody give a role above their own', () => {
  expect(grantableRoles('owner')).toEqual([
    'owner',
    'admin',
    'manager',
    'sales',
    'buyer',
    'vendor',
    'viewer',
  ]);
  expect(grantableRoles('admin')).toEqual([
    'admin',
    'manager',
    'sales',
    'buyer',
    'vendor',
    'viewer',
  ]);
  expect(mayGrant('admin', 'owner')).toBe(false);
});
