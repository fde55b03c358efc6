export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** Whether a number is a day of the week, Monday first. */
export function isWeekday(day: number): day is Weekday {
  return WEEKDAYS.some((one) => one === day);
}
