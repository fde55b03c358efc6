/** Returns `next` where it is a path of this site, else the workspace: never another site. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !next.startsWith('/')) return '/app';
  const url = new URL(next, location.origin);
  const staysHere = url.origin === location.origin && !url.pathname.startsWith('//');
  return staysHere ? url.pathname + url.search + url.hash : '/app';
}
