import { expect, it } from 'vitest';

import { changeLanguage } from '@/shared/i18n/i18n';
import { countryName } from '@/shared/countries/countries';
import { formatMoney } from '@/shared/money/money';

import {
  formatDate,
  formatDateTime,
  formatRelative,
  localInputToUtc,
  remainingUntil,
  utcToLocalInput,
} from './format';

const NOW = new Date('2026-03-01T12:00:00Z');

it('says how far a moment is', () => {
  expect(formatRelative('2026-03-01T11:59:30Z', NOW)).toBe('now');
  expect(formatRelative('2026-03-01T09:00:00Z', NOW)).toBe('3 hours ago');
  expect(formatRelative('2026-03-03T12:00:01Z', NOW)).toBe('in 2 days');
});

it('splits what is left, and nothing is left at the deadline itself', () => {
  expect(remainingUntil('2026-03-03T14:05:06Z', NOW)).toEqual({
    days: 2,
    hours: 2,
    minutes: 5,
    seconds: 6,
  });
  expect(remainingUntil('2026-03-01T12:00:00Z', NOW)).toBeNull();
});

it('keeps a bare date the same day in every time zone', () => {
  expect(formatDate('2026-03-01')).toBe('1 Mar 2026');
});

it('goes from a local input to UTC and back', () => {
  const typed = '2026-07-15T18:30';
  expect(utcToLocalInput(localInputToUtc(typed))).toBe(typed);
  expect(localInputToUtc(typed)).toBe(new Date(2026, 6, 15, 18, 30).toISOString());
  expect([localInputToUtc(''), localInputToUtc('soon'), utcToLocalInput('')]).toEqual(['', '', '']);
});

it('speaks Kazakh by itself, whatever the browser knows', async () => {
  await changeLanguage('kk');
  expect(formatDate('2026-11-21')).toBe('2026 ж. 21 қар.');
  expect(formatDateTime(new Date(2026, 0, 5, 9, 5))).toBe('2026 ж. 5 қаң., 09:05');
  const said = [
    '2026-03-01T11:59:30Z',
    '2026-03-01T09:00:00Z',
    '2026-03-03T12:00:01Z',
    '2026-02-28T12:00:00Z',
  ];
  expect(said.map((instant) => formatRelative(instant, NOW))).toEqual([
    'қазір',
    '3 сағат бұрын',
    '2 күннен кейін',
    'кеше',
  ]);
  expect(formatMoney({ amount: 123_456_750, currency: 'KZT' })).toBe(
    '1\u00a0234\u00a0567,50\u00a0₸',
  );
  expect([countryName('UZ'), countryName('BR')]).toEqual(['Өзбекстан', 'Бразилия']);
  await changeLanguage('en');
});
