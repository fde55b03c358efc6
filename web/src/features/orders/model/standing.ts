import type { CartLine, StandingView } from '../api/types';

/** A line that is kept for later. */
export interface KeptLine {
  product_id: string;
  sku: string;
  name: string;
  names?: Readonly<Record<string, string>>;
  quantity: string;
}

/** A line of a cart with the names of its goods, as far as they are still sold. */
export function namedLine(line: CartLine): KeptLine {
  return { ...line, ...(line.product === null ? {} : { names: line.product.names }) };
}

/** On which days something orders itself. */
export interface Timetable {
  schedule: 'weekly' | 'monthly';
  weekdays: readonly number[];
  /** Days of a month as people write them. */
  monthDays: string;
  hour: number;
  timeZone: string;
  /** A day, or nothing for ever. */
  endsOn: string;
}

/** Mondays at eight, in the reader's time zone. */
export function usualTimetable(): Timetable {
  return {
    schedule: 'weekly',
    weekdays: [1],
    monthDays: '1',
    hour: 8,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    endsOn: '',
  };
}

/** The timetable of a standing order, ready to be changed. */
export function timetableOf(standing: StandingView): Timetable {
  const isWeekly = standing.schedule === 'weekly';
  return {
    schedule: standing.schedule,
    weekdays: isWeekly ? standing.days : [1],
    monthDays: isWeekly ? '1' : standing.days.join(', '),
    hour: standing.hour,
    timeZone: standing.time_zone,
    endsOn: standing.ends_on ?? '',
  };
}

/** Days of a month as people write them: `1, 15`; what is no day of a month is left out. */
export function parseDays(text: string): number[] {
  const days = (text.match(/\d+/g) ?? []).map(Number).filter((day) => day >= 1 && day <= 31);
  return [...new Set(days)].sort((a, b) => a - b);
}

/** The timetable as the API takes it. */
export function timetableBody({
  schedule,
  weekdays,
  monthDays,
  hour,
  timeZone,
  endsOn,
}: Timetable) {
  return {
    schedule,
    days: schedule === 'weekly' ? [...weekdays] : parseDays(monthDays),
    hour,
    time_zone: timeZone,
    ends_on: endsOn === '' ? null : endsOn,
  };
}

/** Lines with one more, or with more of it where it is there already. */
export function withLine(lines: readonly KeptLine[], added: KeptLine): KeptLine[] {
  return lines.some((line) => line.product_id === added.product_id)
    ? [...lines]
    : [...lines, added];
}
