import '@testing-library/jest-dom/vitest';

import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeAll } from 'vitest';

import { loadWords, startTranslation } from '@/shared/i18n/i18n';

/** What browsers have and jsdom lacks. */
function completeBrowser(): void {
  Object.assign(globalThis, {
    matchMedia: (query: string) => ({
      matches: query.includes('min-width'),
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }),
    ResizeObserver: class {
      observe = () => undefined;
      unobserve = () => undefined;
      disconnect = () => undefined;
    },
  });
  Element.prototype.scrollIntoView = () => undefined;
}

// A busy machine is no failure.
configure({ asyncUtilTimeout: 10_000 });

beforeAll(async () => {
  completeBrowser();
  await startTranslation();
  await loadWords('problems', 'validation', 'status');
});

afterEach(() => {
  cleanup();
  localStorage.clear();
});
