import { parseMoney } from '@/shared/money/money';

import { EMPTY_LINE, type LineValues, QUANTITY } from './values';

/** How people write units, in the three languages. Full stops and case do not count. */
const UNIT_WORDS: Record<string, string> = {
  ...words('H87', 'pcs pc pce piece pieces ea each шт штук штука штуки дана'),
  ...words('KGM', 'kg kilogram kilograms kilo кг килограмм килограммов'),
  ...words('TNE', 't ton tons tonne tonnes т тн тонна тонн тонны'),
  ...words('LTR', 'l ltr litre litres liter liters л литр литров литра'),
  ...words('MTR', 'm metre metres meter meters м метр метров пм'),
  ...words('MTK', 'm2 m² sqm м2 м² квм'),
  ...words('MTQ', 'm3 m³ cbm м3 м³ кубм'),
  ...words('XBX', 'box boxes кор коробка коробок коробки қорап'),
  ...words('XPK', 'pack packs package упак уп упаковка упаковок пачка пачек бума'),
  ...words('SET', 'set sets kit компл комплект комплектов жинақ'),
  ...words('HUR', 'h hr hour hours ч час часов сағ сағат'),
  ...words('DAY', 'd day days дн день дней күн'),
  ...words('LS', 'ls lumpsum услуга усл қызмет'),
};
const HEADINGS: readonly [keyof LineValues, RegExp][] = [
  ['specification', /spec|descr|характ|опис|примеч|ерекшел|сипат/i],
  ['unit', /unit|^ед|изм|бірл/i],
  ['target_price', /price|цена|стоим|баға/i],
  ['quantity', /qty|quant|кол|мөлшер|саны/i],
  ['name', /name|item|product|наимен|назван|товар|позици|атау/i],
];

function words(code: string, spellings: string): Record<string, string> {
  return Object.fromEntries(spellings.split(' ').map((one) => [one, code]));
}

/** Returns the unit's code for a word that people use for it; null for one that nobody knows. */
export function unitFromWord(word: string): string | null {
  const plain = word.toLowerCase().replace(/[.\s]/g, '');
  return (
    UNIT_WORDS[plain] ?? Object.values(UNIT_WORDS).find((code) => code === word.trim()) ?? null
  );
}

/**
 * Reads rows copied from a spreadsheet as lines of a request.
 *
 * Columns are told by a heading where there is one, else by what is in them: the first words are the name, the
 * first number the quantity, a known word the unit, the next number the price, and other words the specification.
 */
export function parseRows(text: string, currency: string): LineValues[] {
  const rows = text
    .split(/\r\n|\r|\n/)
    .map((row) =>
      (row.includes('\t') ? row.split('\t') : row.split(';')).map((cell) => cell.trim()),
    )
    .filter((cells) => cells.some((cell) => cell !== ''));
  const heading = readHeading(rows[0] ?? []);
  const body = heading === null ? rows : rows.slice(1);
  return body
    .map((cells) =>
      heading === null ? byContent(cells, currency) : byHeading(cells, heading, currency),
    )
    .filter((line) => line.name !== '');
}

function readHeading(cells: readonly string[]): (keyof LineValues | null)[] | null {
  const found = cells.map(
    (cell) => HEADINGS.find(([, pattern]) => pattern.test(cell))?.[0] ?? null,
  );
  const hasNumber = cells.some((cell) => toQuantity(cell) !== null);
  return !hasNumber && found.includes('name') && found.filter((one) => one !== null).length > 1
    ? found
    : null;
}

function byHeading(
  cells: readonly string[],
  heading: readonly (keyof LineValues | null)[],
  currency: string,
): LineValues {
  const cell = (name: keyof LineValues): string => cells[heading.indexOf(name)] ?? '';
  return {
    ...EMPTY_LINE,
    name: cell('name'),
    specification: cell('specification'),
    quantity: toQuantity(cell('quantity')) ?? '',
    unit: unitFromWord(cell('unit')) ?? EMPTY_LINE.unit,
    target_price: toPrice(cell('target_price'), currency),
  };
}

function byContent(cells: readonly string[], currency: string): LineValues {
  const line = { ...EMPTY_LINE };
  let hasUnit = false;
  cells.forEach((cell, index) => {
    if (cell === '') return;
    const number = toQuantity(cell);
    const unit = unitFromWord(cell);
    // A number in front of the first words is the row's own number.
    if (number !== null && line.name === '' && index === 0 && cells.length > 2) return;
    if (number !== null && line.quantity === '') line.quantity = number;
    else if (isAmount(cell) && line.target_price === null && line.name !== '')
      line.target_price = toPrice(cell, currency);
    else if (unit !== null && !hasUnit && line.name !== '') {
      line.unit = unit;
      hasUnit = true;
    } else if (line.name === '') line.name = cell;
    else line.specification = line.specification === '' ? cell : `${line.specification}, ${cell}`;
  });
  return line;
}

function toQuantity(cell: string): string | null {
  const compact = cell.replace(/[\s\u00a0\u202f]/g, '');
  return QUANTITY.test(compact) && Number(compact.replace(',', '.')) > 0
    ? compact.replace(',', '.')
    : null;
}

/** Digits with grouping and a decimal mark, and perhaps a sign of a currency. */
function isAmount(cell: string): boolean {
  return /^\p{Sc}?[\d\s.,]*\d[\d\s.,]*\p{Sc}?$/u.test(cell);
}

function toPrice(cell: string, currency: string): { amount: number; currency: string } | null {
  const amount = parseMoney(cell.replace(/[^\d.,\s]/g, ''), currency);
  return amount === null || amount < 0 ? null : { amount, currency };
}
