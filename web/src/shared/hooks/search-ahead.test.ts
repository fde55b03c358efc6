import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';

import { useSearchAhead } from './search-ahead';

interface Search {
  q?: string;
  colours: readonly string[];
}

const apply = (search: Search, patch: Partial<Search>): Search => ({ ...search, ...patch });

function show(first: Search) {
  const asked: Search[] = [];
  const { result, rerender } = renderHook(
    ({ search }) => useSearchAhead(search, (next) => asked.push(next), apply),
    { initialProps: { search: first } },
  );
  const press = (colour: string): void =>
    act(() => {
      const [shown, change] = result.current;
      change({ colours: [...shown.colours, colour] });
    });
  return {
    asked,
    press,
    follow: (search: Search) => rerender({ search }),
    shown: () => result.current[0],
  };
}

test('what is pressed shows before the address follows, and what is pressed next adds to it', () => {
  const { asked, press, shown } = show({ colours: [] });
  press('red');
  press('blue');
  expect(shown()).toEqual({ colours: ['red', 'blue'] });
  expect(asked).toEqual([{ colours: ['red'] }, { colours: ['red', 'blue'] }]);
});

test('once it has changed, the address is right', () => {
  const { press, follow, shown } = show({ colours: [] });
  press('red');
  follow({ q: 'apron', colours: [] });
  expect(shown()).toEqual({ q: 'apron', colours: [] });
});
