import i18next from 'i18next';

import type { StatusNoun } from '../status-tones';

/** The word of a status where no badge can stand: in a file for a spreadsheet. */
export function statusWord(noun: StatusNoun, status: string): string {
  const translate = i18next.t as unknown as (
    key: string,
    options: Record<string, string>,
  ) => string;
  return translate(`${noun}.${status}.label`, { ns: 'status', defaultValue: status });
}
