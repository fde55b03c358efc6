import { useTranslation } from 'react-i18next';

import type units from '@/locales/en/units.json';
import { numberLocale } from '@/shared/i18n/formatting';

/** Units of measure offered in forms, by UN/ECE Recommendation 20: the commonest first. */
export const UNIT_CODES = [
  'H87',
  'KGM',
  'TNE',
  'LTR',
  'MTR',
  'MTK',
  'MTQ',
  'XBX',
  'XPK',
  'XBG',
  'XRO',
  'XPX',
  'SET',
  'PR',
  'HUR',
  'DAY',
  'LS',
] as const satisfies readonly (keyof (typeof units)['short'])[];

type UnitCode = (typeof UNIT_CODES)[number];

export interface UnitWords {
  /** “pcs” or “cm”, to stand behind a number; a code that has no words stands for itself. */
  short: (code: string) => string;
  /** “piece”. */
  name: (code: string) => string;
  /** “12.5 kg”. */
  quantity: (value: string | number, code: string) => string;
  /** What forms offer, and the present unit, which may be one that they do not. */
  choices: (present: string) => { value: string; label: string }[];
}

/** Returns the words for units of measure in the reader's language; load the words `units` with the page. */
export function useUnits(): UnitWords {
  const { t } = useTranslation('units');
  const measure = t as unknown as (key: string, fallback: string) => string;
  const short = (code: string): string =>
    isKnown(code) ? t(`short.${code}`) : measure(`measure.${code}`, code);
  const name = (code: string): string => (isKnown(code) ? t(`name.${code}`) : code);
  return {
    short,
    name,
    quantity: (value, code) => `${formatQuantity(value)}\u00a0${short(code)}`,
    choices: (present) => [
      ...UNIT_CODES.map((code) => ({ value: code, label: name(code) })),
      ...(isKnown(present) ? [] : [{ value: present, label: short(present) }]),
    ],
  };
}

/** Writes a decimal in the reader's language, keeping every digit. */
export function formatQuantity(value: string | number): string {
  return new Intl.NumberFormat(numberLocale(), { maximumFractionDigits: 6 }).format(
    String(value) as Intl.StringNumericLiteral,
  );
}

function isKnown(code: string): code is UnitCode {
  return UNIT_CODES.some((one) => one === code);
}
