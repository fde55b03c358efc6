import { useTranslation } from 'react-i18next';

import type measures from '@/locales/en/measures.json';

type UnitCode = keyof typeof measures;

/** Units that attributes are measured in, by UN/ECE Recommendation 20. */
const UNIT_CODES = [
  'GRM',
  'KGM',
  'MLT',
  'LTR',
  'MMT',
  'CMT',
  'MTR',
  'KMT',
  'INH',
  '4H',
  'MTK',
  'MMK',
  'GM',
  'MQH',
  'WTT',
  'VLT',
  'AMP',
  'E09',
  'KEL',
  'K51',
  'KJO',
  'E34',
  'P1',
  'H87',
  'DAY',
  'MON',
  'ANN',
] as const satisfies readonly UnitCode[];

export interface AttributeUnits {
  /** “g”; a code that has no words stands for itself. */
  short: (code: string) => string;
  choices: { value: string; label: string }[];
}

/** Returns the words for units of attributes; load the words `measures` with the page. */
export function useAttributeUnits(): AttributeUnits {
  const { t } = useTranslation('measures');
  const isKnown = (code: string): code is UnitCode => UNIT_CODES.some((one) => one === code);
  return {
    short: (code) => (isKnown(code) ? t(code) : code),
    choices: UNIT_CODES.map((code) => ({ value: code, label: t(code) })),
  };
}
