import { afterEach, expect, test, vi } from 'vitest';

import { newId } from './new-id';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('an id is a UUID of its own, also where the address is not secure', () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const ids = Array.from({ length: 500 }, newId);
  expect(new Set(ids).size).toBe(500);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
});
