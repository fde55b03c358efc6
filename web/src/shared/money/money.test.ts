import { afterEach, describe, expect, it } from 'vitest';

import { changeLanguage } from '@/shared/i18n/i18n';

import { formatMoney, minorDigits, minorToDecimal, parseMoney } from './money';

afterEach(() => changeLanguage('en'));

describe('writing money', () => {
  it('keeps every digit of large amounts', () => {
    expect(minorToDecimal(9_007_199_254_740_991, 2)).toBe('90071992547409.91');
    expect(formatMoney({ amount: 9_007_199_254_740_991, currency: 'USD' })).toBe(
      '$90,071,992,547,409.91',
    );
  });
  it('follows the currency’s digits', () => {
    expect([minorDigits('KZT'), minorDigits('JPY'), minorDigits('KWD')]).toEqual([2, 0, 3]);
    expect(minorToDecimal(5, 3)).toBe('0.005');
    expect(minorToDecimal(-150, 2)).toBe('-1.50');
    expect(minorToDecimal(150, 0)).toBe('150');
  });
  it('follows the language', async () => {
    await changeLanguage('ru');
    expect(formatMoney({ amount: 150_000, currency: 'KZT' })).toBe('1\u00a0500,00\u00a0₸');
  });
});

describe('reading money', () => {
  it.each([
    ['1500', 'KZT', 150_000],
    ['1 500,50', 'KZT', 150_050],
    ['1\u00a0500,50', 'KZT', 150_050],
    ['1,234,567.50', 'KZT', 123_456_750],
    ['1.234.567,50', 'KZT', 123_456_750],
    ['1,234,567', 'KZT', 123_456_700],
    ['.5', 'KZT', 50],
    ['-3', 'KZT', -300],
    ['1500', 'JPY', 1500],
    ['0.005', 'KWD', 5],
  ])('%s %s', (text, currency, amount) => expect(parseMoney(text, currency)).toBe(amount));

  it.each([
    ['', 'KZT'],
    ['-', 'KZT'],
    ['ten', 'KZT'],
    ['1.234', 'KZT'],
    ['1.5', 'JPY'],
    ['99999999999999999', 'KZT'],
  ])('%s %s is no amount', (text, currency) => expect(parseMoney(text, currency)).toBeNull());
});
