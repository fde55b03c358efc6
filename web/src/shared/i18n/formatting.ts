import { currentLanguage } from './i18n';

/**
 * Returns the locale that `Intl` formats numbers by.
 *
 * Chromium says that it knows Kazakh, and then writes `2026 M11 21` and `-3 h`: its data hold only the name.
 * Numbers and money in Kazakhstan are written the same way in both languages, so they come from Russian;
 * dates, times and countries have their own Kazakh words (`dates/kazakh.ts`, `countries/kazakh.ts`).
 */
export function numberLocale(): string {
  const language = currentLanguage();
  return language === 'kk' ? 'ru-KZ' : language;
}
