const END_OF_WORK_HOUR = 18;

/** The end of the working day, in the reader's time zone, some days from now; RFC 3339 in UTC. */
export function deadlineIn(days: number, now: Date): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, END_OF_WORK_HOUR);
  return day.toISOString();
}
