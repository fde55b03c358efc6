import { currentLanguage } from '@/shared/i18n/i18n';

import { kazakhCountryName } from './kazakh';

/** ISO 3166-1 codes offered in forms: Kazakhstan and its neighbours first, then its larger trading partners. */
export const COUNTRY_CODES = [
  'KZ',
  'UZ',
  'KG',
  'RU',
  'CN',
  'TJ',
  'TM',
  'AZ',
  'AM',
  'GE',
  'BY',
  'MN',
  'TR',
  'AE',
  'IN',
  'KR',
  'JP',
  'DE',
  'PL',
  'IT',
  'FR',
  'NL',
  'CZ',
  'ES',
  'GB',
  'US',
] as const;

/** Returns a country's name in the reader's language; the code itself where the browser has none. */
export function countryName(code: string): string {
  const language = currentLanguage();
  const kazakh = language === 'kk' ? kazakhCountryName(code) : undefined;
  if (kazakh !== undefined) return kazakh;
  try {
    const names = new Intl.DisplayNames(language === 'kk' ? 'ru' : language, { type: 'region' });
    return names.of(code) ?? code;
  } catch {
    // What is no region code at all is shown as it is.
    return code;
  }
}

/** Returns the countries to choose from; one that is chosen already is never left out. */
export function countryChoices(chosen?: string | null): { value: string; label: string }[] {
  const codes: string[] = [...COUNTRY_CODES];
  if (chosen != null && chosen !== '' && !codes.includes(chosen)) codes.push(chosen);
  return codes.map((code) => ({ value: code, label: countryName(code) }));
}
