/** What something is called for a reader: in their language, else in the first that there is. */
export function nameIn(names: Readonly<Record<string, string>>, language: string): string {
  return names[language] ?? names.en ?? names.ru ?? Object.values(names)[0] ?? '';
}
