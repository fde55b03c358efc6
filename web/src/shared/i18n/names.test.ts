import { expect, it } from 'vitest';

import { nameIn } from './names';

it('names things in a language that there is', () => {
  expect(nameIn({ ru: 'Чай' }, 'kk')).toBe('Чай');
  expect(nameIn({ ru: 'Чай', kk: 'Шай' }, 'kk')).toBe('Шай');
  expect(nameIn({}, 'en')).toBe('');
});
