// What the last build is made of, for the scripts that run after it.
import { readFileSync } from 'node:fs';

export const LANGUAGES = ['en', 'ru', 'kk'];
export const dist = new URL('../dist/', import.meta.url);
export const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

/** Adds to `found` all files that a chunk needs before it can run, and returns them. */
export function filesOf(key, found = new Set()) {
  const chunk = manifest[key];
  if (chunk === undefined || found.has(chunk.file)) return found;
  found.add(chunk.file);
  (chunk.imports ?? []).forEach((imported) => filesOf(imported, found));
  return found;
}

/** The chunks of a public page, which has its `file` below src/routes/_public: the frame around it, and itself. */
export function chunksOf(file) {
  return ['_public', `_public/${file}`].map((name) => {
    const start = `src/routes/${name}.tsx?tsr-split=component`;
    const key = Object.keys(manifest).find((one) => one.startsWith(start));
    if (key === undefined) throw new Error(`No chunk begins with ${start}.`);
    return key;
  });
}

/** The files of words that a public page begins with in a language. */
export function wordsOf(file, language) {
  const source = readFileSync(
    new URL(`../src/routes/_public/${file}.tsx`, import.meta.url),
    'utf8',
  );
  // What is asked for above the loader belongs to parts that come later.
  const [, loader = ''] = /loader:(.*)/s.exec(source) ?? [];
  const own = [...loader.matchAll(/loadWords\(([^)]*)\)/g)].flatMap(([, names]) =>
    [...names.matchAll(/'(\w+)'/g)].map(([, name]) => name),
  );
  return [
    Object.values(manifest).find(({ name }) => name === `words-${language}`).file,
    ...own.map((name) => manifest[`src/locales/${language}/${name}.json`].file),
  ];
}
