/** Puts something in the place of the first `div` with these classes, whatever it holds. */
export function replaced(html: string, classes: string, by: string): string {
  const start = html.indexOf(`<div class="${classes}">`);
  if (start < 0) throw new Error(`Nothing has the classes ${classes}.`);
  const tag = /<(\/?)div\b/g;
  tag.lastIndex = start;
  let depth = 0;
  for (let found = tag.exec(html); found !== null; found = tag.exec(html)) {
    depth += found[1] === '' ? 1 : -1;
    if (depth === 0) return html.slice(0, start) + by + html.slice(found.index + '</div>'.length);
  }
  throw new Error(`${classes} does not end.`);
}

/** The items of the list with these classes; none of them holds a list. */
export function itemsOf(html: string, classes: string): string[] {
  const start = html.indexOf(`<ul class="${classes}">`);
  if (start < 0) throw new Error(`No list has the classes ${classes}.`);
  return html.slice(html.indexOf('<li', start), html.indexOf('</ul>', start)).split(/(?=<li\b)/);
}
