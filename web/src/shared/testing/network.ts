import { vi } from 'vitest';

export interface SentRequest {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

type Reply = Response | Error | ((request: SentRequest) => Response | Promise<Response>);

/** Stands in for the network: answers in order, and remembers what was sent. */
export function fakeNetwork(...replies: Reply[]): SentRequest[] {
  const sent: SentRequest[] = [];
  const queue = [...replies];
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const request =
      input instanceof Request ? input : new Request(new URL(input, location.origin), init);
    const text = await request.text();
    const one: SentRequest = {
      method: request.method,
      path: new URL(request.url).pathname + new URL(request.url).search,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
    sent.push(one);
    const reply = queue.shift();
    if (reply === undefined) throw new Error(`Nothing was expected at ${one.method} ${one.path}.`);
    if (reply instanceof Error) throw reply;
    return typeof reply === 'function' ? reply(one) : reply;
  });
  return sent;
}

/** Makes an answer with a JSON body. */
export function answer(
  status: number,
  body: unknown = {},
  headers: Record<string, string> = {},
): Response {
  if (status === 204) return new Response(null, { status, headers });
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}
