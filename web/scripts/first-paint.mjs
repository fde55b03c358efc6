// Writes dist/first-paint.json: what the server shows of public pages before the app has come, and what they load.
// Runs after each build, in a process of its own: npm run build
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { createServer } from 'vite';

process.env.NODE_ENV = 'production';

const LANGUAGES = ['en', 'ru', 'kk'];
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

/** Scripts that a chunk needs, without those that the page itself names. */
function scriptsOf(key, found = new Set()) {
  const chunk = manifest[key];
  if (chunk === undefined || key === 'index.html' || named.has(chunk.file)) return found;
  found.add(chunk.file);
  (chunk.imports ?? []).forEach((imported) => scriptsOf(imported, found));
  return found;
}
const page = readFileSync(new URL('index.html', dist), 'utf8');
const named = new Set([...page.matchAll(/"\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file));

/** Files of public pages below src/routes/_public, by their paths. */
const FILES = {
  '/': 'index',
  '/catalogue': 'catalogue/index',
  '/catalogue/$category': 'catalogue/$category',
  '/products/$productId': 'products/$productId',
  '/requests': 'requests/index',
  '/requests/$requestId': 'requests/$requestId',
  '/search': 'search',
  '/sellers/$sellerId': 'sellers/$sellerId',
  '/sign-in': 'sign-in',
};
const FIRST_WORDS = ['common', 'ui', 'app'];

/** What a page loads: its scripts, and its words by language. */
function loadedBy(path, file) {
  const scripts = new Set();
  for (const name of ['_public', `_public/${file}`]) {
    const start = `src/routes/${name}.tsx?tsr-split=component`;
    const key = Object.keys(manifest).find((one) => one.startsWith(start));
    if (key === undefined) throw new Error(`No chunk begins with ${start}.`);
    scriptsOf(key, scripts);
  }
  const source = readFileSync(
    new URL(`../src/routes/_public/${file}.tsx`, import.meta.url),
    'utf8',
  );
  const own = [...source.matchAll(/loadWords\(([^)]*)\)/g)].flatMap(([, names]) =>
    [...names.matchAll(/'(\w+)'/g)].map(([, name]) => name),
  );
  const words = (language) =>
    [...FIRST_WORDS, ...own].map((name) => manifest[`src/locales/${language}/${name}.json`].file);
  return {
    path,
    scripts: [...scripts],
    words: Object.fromEntries(LANGUAGES.map((language) => [language, words(language)])),
  };
}

// What modules look for when they are read. A visitor reads, and all that is asked for stays on its way.
const visitor = { status: 401, headers: { 'content-type': 'application/problem+json' } };
Object.assign(globalThis, {
  location: new URL('http://localhost/'),
  fetch: async ({ url }) =>
    url.endsWith('/auth/me') ? new Response('{}', visitor) : new Promise(() => undefined),
});
Object.defineProperty(globalThis, 'navigator', { value: { languages: ['en'], onLine: true } });

const vite = await createServer({
  root: fileURLToPath(new URL('..', import.meta.url)),
  appType: 'custom',
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, watch: null },
  optimizeDeps: { noDiscovery: true, include: [] },
});
const { paint, tiles } = await vite.ssrLoadModule('/src/first-paint/entry.ts');
const languages = {};
for (const language of LANGUAGES) languages[language] = await paint(language);
const routes = Object.entries(FILES).map(([path, file]) => loadedBy(path, file));
const painted = { routes, tiles: await tiles(), languages };
writeFileSync(new URL('first-paint.json', dist), JSON.stringify(painted));
// The server looks at the time of the page to notice a build.
const now = new Date();
utimesSync(new URL('index.html', dist), now, now);
process.exit(0);
