import { currentLanguage } from './i18n';

/** What something is called for a reader: in their language, else in the first that there is. */
export function nameIn(names: Readonly<Record<string, string>>, language: string): string {
  return names[language] ?? names.en ?? names.ru ?? Object.values(names)[0] ?? '';
}

/** What goods are called for the reader: by their names in languages, else by the one name that was kept. */
export function nameNow(goods: { name: string; names?: Readonly<Record<string, string>> }): string {
  return nameIn(goods.names ?? {}, currentLanguage()) || goods.name;
}
