import { expect, it } from 'vitest';

import { safeNext } from './next';

it.each([
  [undefined, '/app'],
  ['/app/requests?page=2#top', '/app/requests?page=2#top'],
  ['https://evil.example/', '/app'],
  ['//evil.example/x', '/app'],
  ['/\\evil.example', '/app'],
  ['javascript:alert(1)', '/app'],
])('%s leads to %s', (next, to) => expect(safeNext(next)).toBe(to));
