// Says what the first load of every public page weighs, and fails above the limit.
// Run after a build: npm run weight
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { chunksOf, dist, filesOf, LANGUAGES, manifest, wordsOf } from './build.mjs';

const LIMIT_BYTES = 200_000;
const GZIP_LEVEL = 9; // What the server uses.

const weights = new Map();
function weightOf(file) {
  if (!weights.has(file)) {
    weights.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: GZIP_LEVEL }).length);
  }
  return weights.get(file);
}

const weightOfAll = (files) => files.reduce((sum, file) => sum + weightOf(file), 0);

const pages = Object.keys(manifest).flatMap((key) => {
  const [, file] = /^src\/routes\/_public\/(.*)\.tsx\?tsr-split=.*component/.exec(key) ?? [];
  return file === undefined ? [] : [file];
});
if (pages.length === 0)
  throw new Error('The manifest names no public page: has the way of splitting changed?');
let isTooHeavy = false;
for (const page of pages) {
  const files = new Set(['start.js']);
  ['index.html', ...chunksOf(page)].forEach((key) => filesOf(key, files));
  const scripts = [...files].filter((file) => file.endsWith('.js'));
  // In the language whose letters take most.
  const words = Math.max(...LANGUAGES.map((language) => weightOfAll(wordsOf(page, language))));
  const bytes = weightOfAll(scripts) + words;
  isTooHeavy ||= bytes > LIMIT_BYTES;
  console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  /${page}`);
}
if (isTooHeavy) {
  console.error(
    `A public page may weigh ${String(LIMIT_BYTES / 1000)} kB of compressed JavaScript.`,
  );
  process.exitCode = 1;
}
