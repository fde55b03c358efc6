// Writes dist/first-paint.json: what the server shows of public pages before the app has come, and what they load.
// Runs after each build, in a process of its own: npm run build
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { createServer } from 'vite';

import { chunksOf, dist, filesOf, LANGUAGES, manifest, wordsOf } from './build.mjs';

process.env.NODE_ENV = 'production';

const page = readFileSync(new URL('index.html', dist), 'utf8');
/** What the page itself names, and need not be told again. */
const named = [...page.matchAll(/"\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file);

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

/** What a page loads: its scripts, and its words by language. */
function loadedBy(path, file) {
  const scripts = new Set([...named, manifest['index.html'].file]);
  const told = scripts.size;
  chunksOf(file).forEach((key) => filesOf(key, scripts));
  return {
    path,
    scripts: [...scripts].slice(told),
    words: Object.fromEntries(LANGUAGES.map((language) => [language, wordsOf(file, language)])),
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
