import { expect, it } from 'vitest';

import { parseRows, unitFromWord } from './paste';

it('reads columns by a heading, in any order', () => {
  const text =
    'Кол-во\tНаименование\tЕд. изм.\tЦена\tПримечание\n20\tАрматура А500С\tт\t395 000\t12 мм';
  expect(parseRows(text, 'KZT')).toEqual([
    {
      id: null,
      name: 'Арматура А500С',
      specification: '12 мм',
      quantity: '20',
      unit: 'TNE',
      target_price: { amount: 39_500_000, currency: 'KZT' },
    },
  ]);
});

it('reads columns by what is in them where there is no heading', () => {
  const [line] = parseRows('1\tOffice chair\t40\tpcs\t45,000.50\tblack', 'KZT');
  expect(line).toEqual({
    id: null,
    name: 'Office chair',
    specification: 'black',
    quantity: '40',
    unit: 'H87',
    target_price: { amount: 4_500_050, currency: 'KZT' },
  });
});

it('takes lists separated by semicolons, and skips empty rows', () => {
  const lines = parseRows('Цемент М500;12,5;т\r\n\r\nПесок;3;м3\r\n', 'KZT');
  expect(lines.map(({ name, quantity, unit }) => [name, quantity, unit])).toEqual([
    ['Цемент М500', '12.5', 'TNE'],
    ['Песок', '3', 'MTQ'],
  ]);
});

it('keeps a name whose quantity cannot be read, for a person to complete', () => {
  expect(parseRows('Кабель ВВГнг 3×2,5', 'KZT')).toMatchObject([
    { name: 'Кабель ВВГнг 3×2,5', quantity: '' },
  ]);
});

it.each([
  ['шт.', 'H87'],
  ['Кг', 'KGM'],
  ['қорап', 'XBX'],
  ['m²', 'MTK'],
  ['TNE', 'TNE'],
  ['furlong', null],
])('knows the unit %j as %j', (word, code) => {
  expect(unitFromWord(word)).toBe(code);
});
