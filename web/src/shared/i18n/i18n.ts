import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';

import {
  initialLanguage,
  isLanguage,
  LANGUAGES,
  type Language,
  rememberLanguage,
} from './languages';
import { FIRST_NAMESPACES, type Namespace } from './namespaces';

/**
 * One small file per language and namespace, fetched when a page first needs it.
 *
 * Those of public pages are named here. The names of all others would weigh two kilobytes in everybody's first load.
 */
const publicWords = import.meta.glob<ResourceKey>(
  '../../locales/*/{app,auth,board,catalogue,common,home,legal,links,measures,problems,reviews,search,settings,team,trade,ui,units,validation}.json',
  { import: 'default' },
);

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: async (language, namespace) => {
    const path = `../../locales/${language}/${namespace}.json`;
    const load = publicWords[path] ?? (await import('./workspace-words')).workspaceWords[path];
    if (load === undefined) throw new Error(`No words for ${namespace} in ${language}.`);
    return load();
  },
};

/** Starts translation in the language of this device; resolves when the first words are there. */
export async function startTranslation(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    // The build draws pages too, without a document.
    if (typeof document !== 'undefined') document.documentElement.lang = language;
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: initialLanguage(),
      // Tests prove that every language is complete, so English is never fetched beside another.
      fallbackLng: false,
      supportedLngs: [...LANGUAGES],
      ns: [...FIRST_NAMESPACES],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      partialBundledLanguages: true,
      react: { useSuspense: true },
      returnNull: false,
    });
}

/** Returns the language in use. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'en';
}

/** Changes the language and remembers it on this device. */
export async function changeLanguage(language: Language): Promise<void> {
  rememberLanguage(language);
  if (i18next.language !== language) await i18next.changeLanguage(language);
}

/** Fetches a page's words together with its data: call it in a route's loader. */
export async function loadWords(...namespaces: Namespace[]): Promise<void> {
  // Words that cannot be fetched now must not hide what they were to tell: keys and details still show.
  await i18next.loadNamespaces(namespaces).catch(() => undefined);
}
