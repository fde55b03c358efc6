/**
 * Kazakh dates, by the patterns of CLDR 47 (`kk.xml`), because browsers ship without them.
 */

const MONTHS = [
  'қаң.',
  'ақп.',
  'нау.',
  'сәу.',
  'мам.',
  'мау.',
  'шіл.',
  'там.',
  'қыр.',
  'қаз.',
  'қар.',
  'жел.',
];

/** Formats a day as “2026 ж. 21 қар.”. */
export function formatKazakhDate(date: Date, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone,
  }).formatToParts(date);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')} ж. ${part('day')} ${MONTHS[Number(part('month')) - 1] ?? ''}`;
}

/** Formats a moment as “2026 ж. 21 қар., 09:05”. */
export function formatKazakhDateTime(date: Date): string {
  const time = new Intl.DateTimeFormat('ru', { hour: '2-digit', minute: '2-digit' }).format(date);
  return `${formatKazakhDate(date)}, ${time}`;
}

interface UnitWords {
  name: string;
  /** “after so many …” wants the ablative case. */
  ablative: string;
  previous?: string;
  next?: string;
}

const UNITS: Partial<Record<Intl.RelativeTimeFormatUnit, UnitWords>> = {
  year: { name: 'жыл', ablative: 'жылдан', previous: 'былтыр', next: 'келесі жылы' },
  month: { name: 'ай', ablative: 'айдан', previous: 'өткен айда', next: 'келесі айда' },
  week: { name: 'апта', ablative: 'аптадан', previous: 'өткен аптада', next: 'келесі аптада' },
  day: { name: 'күн', ablative: 'күннен', previous: 'кеше', next: 'ертең' },
  hour: { name: 'сағат', ablative: 'сағаттан' },
  minute: { name: 'минут', ablative: 'минуттан' },
};

/** Says how far a moment is: “3 сағат бұрын”, “2 күннен кейін”, “кеше”, “қазір”. */
export function formatKazakhRelative(count: number, unit: Intl.RelativeTimeFormatUnit): string {
  const words = UNITS[unit];
  if (count === 0 || words === undefined) return 'қазір';
  if (count === -1 && words.previous !== undefined) return words.previous;
  if (count === 1 && words.next !== undefined) return words.next;
  return count < 0
    ? `${String(-count)} ${words.name} бұрын`
    : `${String(count)} ${words.ablative} кейін`;
}
