import { expect, it } from 'vitest';

import { codeOf, optionsText, readOptions } from './options';

it('reads what it has written', () => {
  const options = [
    { code: 'light', names: { en: 'Light', ru: 'Светлая', kk: 'Ашық' } },
    { code: 'a4', names: { en: 'A4', ru: 'A4', kk: 'A4' } },
  ];
  expect(readOptions(optionsText(options))).toEqual(options);
});

it('makes codes, and one name stands for all languages', () => {
  expect(readOptions('\n 3XL \nDark roast | Тёмная | Қою')).toEqual([
    { code: 'x3xl', names: { en: '3XL', ru: '3XL', kk: '3XL' } },
    { code: 'dark_roast', names: { en: 'Dark roast', ru: 'Тёмная', kk: 'Қою' } },
  ]);
});

it('refuses what is half written', () => {
  expect(readOptions('Dark | Тёмная')).toBeNull();
  expect(readOptions('dark =')).toBeNull();
  expect(readOptions('Тёмная')).toBeNull();
  expect(codeOf('  ')).toBe('');
});
