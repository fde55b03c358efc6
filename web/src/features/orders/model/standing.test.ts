import { expect, test } from 'vitest';

import { parseDays, timetableBody, usualTimetable, withLine } from './standing';

test('days of a month are read in any spelling, each once, in order', () => {
  expect(parseDays('15, 1;31 15')).toEqual([1, 15, 31]);
  expect(parseDays('0 32 every day')).toEqual([]);
});

test('a timetable goes out as the API takes it', () => {
  const usual = { ...usualTimetable(), timeZone: 'Asia/Almaty' };
  expect(timetableBody(usual)).toEqual({
    schedule: 'weekly',
    days: [1],
    hour: 8,
    time_zone: 'Asia/Almaty',
    ends_on: null,
  });
  const monthly = {
    ...usual,
    schedule: 'monthly' as const,
    monthDays: '15 1',
    endsOn: '2027-01-31',
  };
  expect(timetableBody(monthly)).toMatchObject({ days: [1, 15], ends_on: '2027-01-31' });
});

test('a product stands in one line', () => {
  const line = { product_id: 'p', sku: 'S', name: 'Tea', quantity: '2' };
  expect(withLine([line], { ...line, quantity: '9' })).toEqual([line]);
  expect(withLine([line], { ...line, product_id: 'q' })).toHaveLength(2);
});
