// Starts the app when what the server has drawn is seen, with its first pictures: a slow telephone is busy with
// the app for a second and more, in which it would paint nothing of what has come.
const PICTURES_LIMIT_MS = 1000;
const FRAME_LIMIT_MS = 100;

const limit = (afterMs) => new Promise((resolve) => setTimeout(resolve, afterMs));

const pictures = [...document.querySelectorAll('#root img[loading="eager"]')];
if (pictures.length > 0) {
  const loaded = pictures.map((one) => one.decode().catch(() => undefined));
  await Promise.race([Promise.all(loaded), limit(PICTURES_LIMIT_MS)]);
}
if (document.querySelector('#root > *') !== null) {
  // A page in the background paints nothing.
  const painted = new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  await Promise.race([painted, limit(FRAME_LIMIT_MS)]);
}
for (const script of document.querySelectorAll('link[rel=later]')) {
  script.as = 'script';
  script.rel = 'preload';
}
await import(document.querySelector('link[data-app]').href);
