interface DayFilters {
  created_from?: string | undefined;
  created_to?: string | undefined;
  due_from?: string | undefined;
  due_to?: string | undefined;
}

/** Turns days of the reader's calendar into the moments that the API filters by; a last day counts in full. */
export function listFilters(days: DayFilters): Partial<Record<keyof DayFilters, string>> {
  const filters: Partial<Record<keyof DayFilters, string>> = {};
  for (const name of ['created_from', 'due_from'] as const) {
    const moment = startOfDay(days[name], 0);
    if (moment !== null) filters[name] = moment;
  }
  for (const name of ['created_to', 'due_to'] as const) {
    const moment = startOfDay(days[name], 1);
    if (moment !== null) filters[name] = moment;
  }
  return filters;
}

function startOfDay(day: string | undefined, plusDays: number): string | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
  if (match === null) return null;
  const [, year, month, date] = match.map(Number) as [number, number, number, number];
  return new Date(year, month - 1, date + plusDays).toISOString();
}
