import createClient from 'openapi-fetch';

import type { paths } from './schema';
import { API_PREFIX, send } from './transport';

/** The typed client. Every call resolves with data or throws a `Problem`. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: send });

/**
 * Returns the data of a typed call.
 *
 * @example const page = await unwrap(api.GET('/api/v1/requests', { params: { query } }));
 */
export async function unwrap<Data>(
  call: Promise<{ data?: Data; response: Response }>,
): Promise<Data> {
  const { data } = await call;
  // Failures have thrown in the transport; what is left is data, or nothing for 204.
  return data as Data;
}

interface CallOptions {
  body?: unknown;
  query?: Record<string, string | number | boolean | null | undefined>;
  signal?: AbortSignal;
}

/**
 * Calls a path that is only known at run time, such as a transition that the server offered.
 *
 * @param path below `/api/v1`, beginning with a slash.
 */
export async function call<Data>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  options: CallOptions = {},
): Promise<Data> {
  const url = new URL(API_PREFIX + path, location.origin);
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value !== null && value !== undefined && value !== '')
      url.searchParams.set(name, String(value));
  }
  const isForm = options.body instanceof FormData;
  const init: RequestInit = { method };
  if (options.signal !== undefined) init.signal = options.signal;
  if (options.body instanceof FormData) init.body = options.body;
  else if (options.body !== undefined) init.body = JSON.stringify(options.body);
  const request = new Request(url, init);
  if (options.body !== undefined && !isForm)
    request.headers.set('Content-Type', 'application/json');
  const response = await send(request);
  if (response.status === 204) return undefined as Data;
  return (await response.json()) as Data;
}
