/** The languages of the interface, in the order in which they are offered. */
export const LANGUAGES = ['en', 'ru', 'kk'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name, so that whoever is lost can find theirs. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  ru: 'Русский',
  kk: 'Қазақша',
};

const STORAGE_KEY = 'karavan.language';

/** Says whether a string names a language of the interface. */
export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** Returns the language for a list of BCP 47 tags, best first; English where none is spoken here. */
export function matchLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const primary = tag.toLowerCase().split('-')[0];
    if (isLanguage(primary)) return primary;
  }
  return 'en';
}

/** Returns the language chosen on this device before, else the browser's. */
export function initialLanguage(): Language {
  const stored = readStored();
  return isLanguage(stored) ? stored : matchLanguage(navigator.languages);
}

/** Remembers the language, so that the next visit starts in it before the profile is known. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Without storage the browser's language is asked again next time.
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}
