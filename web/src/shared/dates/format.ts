import { currentLanguage } from '@/shared/i18n/i18n';

import { formatKazakhDate, formatKazakhDateTime, formatKazakhRelative } from './kazakh';

type Instant = string | Date;

/** Formats a moment in the reader's language and time zone. */
export function formatDateTime(instant: Instant): string {
  if (currentLanguage() === 'kk') return formatKazakhDateTime(toDate(instant));
  return formatter({ dateStyle: 'medium', timeStyle: 'short' }).format(toDate(instant));
}

/** Formats a day; a bare date such as `2026-03-01` is that day everywhere, whatever the time zone. */
export function formatDate(instant: Instant): string {
  const isBareDate = typeof instant === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(instant);
  const timeZone = isBareDate ? 'UTC' : undefined;
  if (currentLanguage() === 'kk') return formatKazakhDate(toDate(instant), timeZone);
  return formatter({ dateStyle: 'medium', timeZone }).format(toDate(instant));
}

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Says how far a moment is from `now`: “3 hours ago”, “in 2 days”, “now” within a minute. */
export function formatRelative(instant: Instant, now: Date = new Date()): string {
  const seconds = (toDate(instant).getTime() - now.getTime()) / 1000;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', Infinity];
  const count = Math.trunc(seconds / size) + 0;
  if (currentLanguage() === 'kk') return formatKazakhRelative(count, unit);
  return new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' }).format(count, unit);
}

export interface Remaining {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/** Splits the time from `now` to a deadline; null once it has passed. */
export function remainingUntil(deadline: Instant, now: Date = new Date()): Remaining | null {
  const total = Math.floor((toDate(deadline).getTime() - now.getTime()) / 1000);
  if (total <= 0) return null;
  return {
    days: Math.floor(total / 86_400),
    hours: Math.floor((total % 86_400) / 3_600),
    minutes: Math.floor((total % 3_600) / 60),
    seconds: total % 60,
  };
}

/** Turns the value of a `datetime-local` input, which is local time, into RFC 3339 UTC; empty stays empty. */
export function localInputToUtc(value: string): string {
  if (value === '') return '';
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** Turns an RFC 3339 moment into what a `datetime-local` input shows. */
export function utcToLocalInput(instant: string): string {
  const date = new Date(instant);
  if (instant === '' || Number.isNaN(date.getTime())) return '';
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** English is British here, in dates as in words: the day before the month, 24 hours, as documents and e-mails have it. */
function localeOf(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${currentLanguage()}|${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(localeOf(currentLanguage()), options);
    formatters.set(key, found);
  }
  return found;
}

function toDate(instant: Instant): Date {
  return instant instanceof Date ? instant : new Date(instant);
}
