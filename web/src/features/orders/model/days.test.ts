import { expect, test } from 'vitest';

import { parseDays } from './days';

test('days of a month are read in any spelling, each once, in order', () => {
  expect(parseDays('15, 1;31 15')).toEqual([1, 15, 31]);
  expect(parseDays('0 32 every day')).toEqual([]);
});
