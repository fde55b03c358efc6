import { expect, it } from 'vitest';

import { utcToLocalInput } from '@/shared/dates/format';

import { toCsv } from './csv';
import { activeFilters, formatSort, parseSort, patchSearch, tableSearch } from './search';
import type { TableColumn } from './types';

interface Row {
  name: string;
  amount: number | null;
}
const columns = [
  { id: 'name', header: 'Name', cell: () => null, text: (row: Row) => row.name },
  { id: 'amount', header: 'Amount, ₸', cell: () => null, text: (row: Row) => row.amount },
  { id: 'menu', header: 'Menu', cell: () => null },
];

const ENGLISH = { separator: ',', currency: 'Currency' } as const;
const RUSSIAN = { separator: ';', currency: 'Валюта' } as const;

it('writes CSV that a spreadsheet neither misreads nor runs', () => {
  const rows = [
    { name: 'Қант "Үздік", 50 кг', amount: -1250.5 },
    { name: '=HYPERLINK("http://x")', amount: null },
    { name: '-2+3', amount: 0 },
    { name: 'two\nlines', amount: 7 },
  ];
  expect(toCsv(columns, rows, ENGLISH)).toBe(
    '\uFEFFName,"Amount, ₸"\r\n' +
      '"Қант ""Үздік"", 50 кг",-1250.5\r\n' +
      '"\'=HYPERLINK(""http://x"")",\r\n' +
      "'-2+3,0\r\n" +
      '"two\nlines",7\r\n',
  );
  expect(toCsv(columns, [{ name: 'a,b', amount: 1.5 }], RUSSIAN)).toBe(
    '\uFEFFName;Amount, ₸\r\na,b;1,5\r\n',
  );
});

it('writes amounts with their currency, and dates that a spreadsheet reads as such', () => {
  interface Sold {
    total: { amount: number; currency: string } | null;
    on: string | null;
  }
  const sold: TableColumn<Sold>[] = [
    { id: 'total', header: 'Итого', cell: () => null, text: (row) => row.total },
    { id: 'on', header: 'Дата', cell: () => null, text: (row) => ({ at: row.on }) },
  ];
  const rows = [
    { total: { amount: -123_456, currency: 'KZT' }, on: '2026-03-01' },
    { total: { amount: 1205, currency: 'JPY' }, on: '2026-03-01T04:05:06.123Z' },
    { total: null, on: null },
  ];
  const moment = utcToLocalInput('2026-03-01T04:05:06.123Z').replace('T', ' ');
  expect(toCsv(sold, rows, RUSSIAN)).toBe(
    '\uFEFFИтого;Валюта;Дата\r\n' + `-1234,56;KZT;2026-03-01\r\n1205;JPY;${moment}\r\n;;\r\n`,
  );
  expect(toCsv(sold, rows, ENGLISH)).toContain('-1234.56,KZT,2026-03-01');
});

it('defuses formulas behind spaces and in full-width signs', () => {
  const rows = [
    { name: ' =1+1', amount: null },
    { name: '＝1+1', amount: null },
  ];
  expect(toCsv(columns.slice(0, 1), rows, ENGLISH)).toBe("\uFEFFName\r\n' =1+1\r\n'＝1+1\r\n");
});

it('starts at the first page whenever something but the page changes', () => {
  const search = { page: 4, size: 50, sort: 'price', q: 'steel' };
  expect(patchSearch(search, { sort: '-price' })).toEqual({ size: 50, sort: '-price', q: 'steel' });
  expect(patchSearch(search, { page: 5 })).toEqual({ ...search, page: 5 });
  expect(patchSearch(search, { q: '' })).toEqual({ size: 50, sort: 'price' });
});

it('knows which filters are set', () => {
  expect(activeFilters({ page: 2, size: 20, sort: 'a', q: '' })).toEqual([]);
  expect(activeFilters({ q: 'x', ...{ state: 'open' } })).toEqual(['q', 'state']);
});

it('reads and writes sorting', () => {
  expect(parseSort('-created_at,price')).toEqual([
    { id: 'created_at', desc: true },
    { id: 'price', desc: false },
  ]);
  expect(formatSort(parseSort('-created_at,price'))).toBe('-created_at,price');
  expect([parseSort(undefined), formatSort([])]).toEqual([[], undefined]);
});

it('leaves out what a URL cannot mean', () => {
  expect(tableSearch.parse({ page: -1, size: 5000, sort: 'a;drop', q: 7 })).toEqual({});
  expect(tableSearch.parse({ page: 2, size: 50, sort: '-a', q: 'b' })).toEqual({
    page: 2,
    size: 50,
    sort: '-a',
    q: 'b',
  });
});
