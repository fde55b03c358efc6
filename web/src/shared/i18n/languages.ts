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
/** For the server, which draws what is seen before the app has come. */
const COOKIE = 'karavan_language';
const COOKIE_AGE_S = 365 * 24 * 3600;

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
  if (!isLanguage(stored)) return matchLanguage(navigator.languages);
  tellServer(stored);
  return stored;
}

/** Remembers the language, so that the next visit starts in it before the profile is known. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Without storage the browser's language is asked again next time.
  }
  tellServer(language);
}

function tellServer(language: Language): void {
  document.cookie = `${COOKIE}=${language}; path=/; max-age=${String(COOKIE_AGE_S)}; samesite=lax`;
}

function readStored(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}
