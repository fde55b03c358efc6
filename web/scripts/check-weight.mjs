// Says what the first load of every public page weighs, and fails above the limit.
// Run after a build: npm run weight
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 200_000;
const GZIP_LEVEL = 9; // What the server uses.
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

/** All files that a chunk needs before it can run. */
function filesOf(key, found = new Set()) {
  const chunk = manifest[key];
  if (chunk === undefined || found.has(chunk.file)) return found;
  found.add(chunk.file);
  (chunk.imports ?? []).forEach((imported) => filesOf(imported, found));
  return found;
}

const weights = new Map();
function weightOf(file) {
  if (!weights.has(file)) {
    weights.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: GZIP_LEVEL }).length);
  }
  return weights.get(file);
}

// The words of the first load in the heaviest language, and those of the page with its own name.
const words = (name) =>
  Math.max(
    ...['en', 'ru', 'kk'].map((language) => {
      const chunk = manifest[`src/locales/${language}/${name}.json`];
      return chunk === undefined ? 0 : weightOf(chunk.file);
    }),
  );
const commonWords = ['common', 'ui', 'app', 'validation'].reduce(
  (sum, name) => sum + words(name),
  0,
);

const shell = Object.keys(manifest).filter((key) => key.startsWith('src/routes/_public.tsx'));
const pages = Object.keys(manifest).filter((key) =>
  /^src\/routes\/_public\/.*tsr-split=.*component/.test(key),
);
if (pages.length === 0)
  throw new Error('The manifest names no public page: has the way of splitting changed?');
let isTooHeavy = false;
for (const page of pages) {
  const files = new Set([
    'start.js',
    ...['index.html', ...shell, page].flatMap((key) => [...filesOf(key)]),
  ]);
  const bytes =
    [...files]
      .filter((file) => file.endsWith('.js'))
      .reduce((sum, file) => sum + weightOf(file), 0) + commonWords;
  isTooHeavy ||= bytes > LIMIT_BYTES;
  const name = page.replace(/^src\/routes\/_public|\.tsx.*$/g, '');
  console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${name}`);
}
if (isTooHeavy) {
  console.error(
    `A public page may weigh ${String(LIMIT_BYTES / 1000)} kB of compressed JavaScript.`,
  );
  process.exitCode = 1;
}
