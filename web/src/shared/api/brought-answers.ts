/** Answers that came with the page are as fresh as the page for so long. */
const FRESH_MS = 10_000;

/** Returns the answer that the page itself brought for a visitor, once; null where there is none. */
export function takeBroughtAnswer({ method, url }: Request): Response | null {
  if (method !== 'GET' || performance.now() > FRESH_MS) return null;
  const { pathname, search } = new URL(url);
  const brought = [
    ...document.querySelectorAll<HTMLScriptElement>('script[type="application/json"]'),
  ].find((one) => one.dataset['answer'] === pathname + search);
  if (brought === undefined) return null;
  brought.remove();
  return new Response(brought.text, { headers: { 'Content-Type': 'application/json' } });
}
