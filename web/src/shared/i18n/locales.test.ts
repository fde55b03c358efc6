import { describe, expect, it } from 'vitest';

import { statusesByNoun } from '@/shared/ui/status-tones';

import { LANGUAGES } from './languages';
import registered from './namespaces.ts?raw';

const sources = import.meta.glob<unknown>('../../locales/*/*.json', {
  eager: true,
  import: 'default',
});
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Strings that are the same in every language: names, codes, and patterns of placeholders. */
const SAME_EVERYWHERE = new Set([
  'API',
  'Apache-2.0',
  'Karavan',
  'SSO',
  'IBAN',
  'BIC',
  'UBL',
  'PDF',
  'CSV',
  'OCDS',
  'ID',
]);

function wordsOf(language: string, file: string): Map<string, string> {
  const flat = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') flat.set(path, value);
    else {
      for (const [key, inner] of Object.entries(value as Record<string, unknown>)) {
        walk(inner, path === '' ? key : `${path}/${key}`);
      }
    }
  };
  walk(sources[`../../locales/${language}/${file}`], '');
  return flat;
}

const placeholders = (text: string): string[] =>
  [...text.matchAll(/{{\s*(\w+)/g)].map(([, name = '']) => name).sort();
const hasLetters = (text: string): boolean => /\p{L}/u.test(text.replaceAll(/{{.*?}}|<.*?>/g, ''));
const bases = (words: Map<string, string>): Set<string> =>
  new Set([...words.keys()].map((key) => key.replace(PLURAL, '')));
/** What is counted; a code that only ends like a plural form is none. */
const pluralBases = (words: Map<string, string>): string[] =>
  [...words]
    .filter(([key, text]) => key.endsWith('_other') && text.includes('{{count'))
    .map(([key]) => key.replace(PLURAL, ''));

const filesOf = (language: string): string[] =>
  Object.keys(sources)
    .filter((path) => path.includes(`/${language}/`))
    .map((path) => path.replace(/^.*\//, ''));
const files = filesOf('en');

it('has the same files in every language', () => {
  for (const language of LANGUAGES) expect(filesOf(language)).toEqual(files);
});

it('types every file', () => {
  expect(files.filter((file) => !registered.includes(`/en/${file}'`))).toEqual([]);
});

describe.each(['ru', 'kk'])('%s', (language) => {
  describe.each(files)('%s', (file) => {
    const english = wordsOf('en', file);
    const words = wordsOf(language, file);

    it('has exactly the keys of English', () => {
      expect([...bases(words)].sort()).toEqual([...bases(english)].sort());
    });

    it('leaves nothing in English', () => {
      const untranslated = [...words].filter(
        ([key, text]) =>
          text === english.get(key) && hasLetters(text) && !SAME_EVERYWHERE.has(text),
      );
      expect(untranslated).toEqual([]);
    });

    it('uses the placeholders of English', () => {
      const wrong = [...words].filter(([key, text]) => {
        const source = english.get(key) ?? english.get(key.replace(PLURAL, '_other'));
        return source !== undefined && placeholders(source).join() !== placeholders(text).join();
      });
      expect(wrong).toEqual([]);
    });
  });
});

describe.each(LANGUAGES)('plurals of %s', (language) => {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  it.each(files)('%s has exactly the forms of the language', (file) => {
    const words = wordsOf(language, file);
    for (const base of pluralBases(words)) {
      const forms = [...words.keys()].filter(
        (key) => key.replace(PLURAL, '') === base && PLURAL.test(key),
      );
      expect(forms.map((key) => key.replace(/^.*_/, '')).sort(), base).toEqual(
        [...categories].sort(),
      );
    }
  });
});

it('has words for every state that has a colour', () => {
  const words = wordsOf('en', 'status.json');
  for (const [noun, statuses] of Object.entries(statusesByNoun())) {
    for (const status of statuses)
      expect(words.has(`${noun}/${status}/label`), `${noun}.${status}`).toBe(true);
  }
});
