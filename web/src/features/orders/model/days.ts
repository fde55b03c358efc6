export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** Days of a month as people write them: `1, 15`; what is no day of a month is left out. */
export function parseDays(text: string): number[] {
  const days = (text.match(/\d+/g) ?? []).map(Number).filter((day) => day >= 1 && day <= 31);
  return [...new Set(days)].sort((a, b) => a - b);
}

/** Whether a number is a day of the week, Monday first. */
export function isWeekday(day: number): day is Weekday {
  return WEEKDAYS.some((one) => one === day);
}
