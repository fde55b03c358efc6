const painted = new Set<string>();

/** Remembers which pictures somebody sees already, before the app draws the same page again. */
export function rememberPaintedPictures(root: HTMLElement): void {
  for (const image of root.querySelectorAll('img')) {
    const key = /\/media\/pictures\/([^/]+)\//.exec(image.currentSrc)?.[1];
    if (key !== undefined && image.complete && image.naturalWidth > 0) painted.add(key);
  }
}

/** Says whether a picture was seen when the app came: it must not fade in a second time. */
export function wasPainted(key: string): boolean {
  return painted.has(key);
}
