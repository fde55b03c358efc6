import { expect, it } from 'vitest';

import { sidesOf } from './sides';

it('shows the sides on which an organisation trades, and both until it has said so', () => {
  expect(sidesOf({ buys: true, sells: false })).toEqual({ buys: true, sells: false });
  expect(sidesOf({ buys: false, sells: true })).toEqual({ buys: false, sells: true });
  expect(sidesOf({ buys: false, sells: false })).toEqual({ buys: true, sells: true });
  expect(sidesOf(undefined)).toEqual({ buys: true, sells: true });
});
