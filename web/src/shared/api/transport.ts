import { takeBroughtAnswer } from './brought-answers';
import { newId } from './new-id';
import { CLIENT_PROBLEM_CODES, Problem, problemFromResponse } from './problem';

export const API_PREFIX = '/api/v1';
const REFRESH_PATH = `${API_PREFIX}/auth/refresh`;

/** These answer 401 about the credentials in their body, which a fresh session would not change. */
const WITHOUT_REFRESH = [
  REFRESH_PATH,
  `${API_PREFIX}/auth/login`,
  `${API_PREFIX}/auth/register`,
  `${API_PREFIX}/auth/logout`,
];

const SESSION_HINT_KEY = 'karavan.session';
const NETWORK_RETRY_DELAY_MS = 400;

let refreshing: Promise<boolean> | null = null;
let tellSessionLost: () => void = () => undefined;

/** Registers what happens when the session ended and could not be renewed. */
export function onSessionLost(callback: () => void): void {
  tellSessionLost = callback;
}

/**
 * Remembers that this browser has a session, which its HttpOnly cookies do not tell us.
 *
 * Without the hint a visitor's first 401 is final, and no refresh is wasted on them.
 */
export function setSessionHint(present: boolean): void {
  try {
    if (present) localStorage.setItem(SESSION_HINT_KEY, '1');
    else localStorage.removeItem(SESSION_HINT_KEY);
  } catch {
    // Without storage a session simply ends with its access token.
  }
}

function hasSessionHint(): boolean {
  try {
    return localStorage.getItem(SESSION_HINT_KEY) !== null;
  } catch {
    return false;
  }
}

/**
 * Sends one request to our API with its identifiers, renewing the session once where it has run out.
 *
 * @returns the answer, which is always a success.
 * @throws Problem for every other answer and for no answer at all.
 */
export async function send(request: Request): Promise<Response> {
  const brought = hasSessionHint() ? null : takeBroughtAnswer(request);
  if (brought !== null) return brought;
  const prepared = prepare(request);
  const first = await attempt(prepared.clone());
  if (first.ok) return first;
  if (first.status !== 401 || !canRefresh(request)) throw await problemFromResponse(first);
  if (!(await refreshOnce())) {
    tellSessionLost();
    throw await problemFromResponse(first);
  }
  const second = await attempt(prepared);
  if (second.ok) return second;
  throw await problemFromResponse(second);
}

function prepare(request: Request): Request {
  const headers = new Headers(request.headers);
  if (!headers.has('X-Request-ID')) headers.set('X-Request-ID', newId());
  if (!headers.has('Accept-Language'))
    headers.set('Accept-Language', document.documentElement.lang);
  // One key for the whole call: a repeat after a lost answer or a renewed session acts once.
  if (request.method === 'POST' && !headers.has('Idempotency-Key')) {
    headers.set('Idempotency-Key', newId());
  }
  return new Request(request, { headers, credentials: 'same-origin' });
}

/** A lost answer is asked for once more: reads are harmless, and a POST repeats under its own key. */
async function attempt(request: Request): Promise<Response> {
  const spare = isRepeatable(request) ? request.clone() : null;
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted || spare === null || !navigator.onLine)
      throw unreachable(error, request);
    await new Promise((resolve) => setTimeout(resolve, NETWORK_RETRY_DELAY_MS));
    return fetch(spare).catch((again: unknown) => {
      throw unreachable(again, request);
    });
  }
}

/** Uploads are streamed once; everything else may be said twice. */
function isRepeatable(request: Request): boolean {
  const isUpload = request.headers.get('Content-Type')?.startsWith('multipart/') ?? false;
  return !isUpload && (request.method === 'GET' || request.method === 'POST');
}

function unreachable(error: unknown, request: Request): unknown {
  // A cancelled request is no failure: the caller no longer wants the answer.
  if (request.signal.aborted) return error;
  return new Problem(
    0,
    { code: CLIENT_PROBLEM_CODES.unreachable, detail: 'The server could not be reached.' },
    { requestId: request.headers.get('X-Request-ID'), cause: error },
  );
}

function canRefresh(request: Request): boolean {
  const { pathname } = new URL(request.url);
  return hasSessionHint() && !WITHOUT_REFRESH.includes(pathname);
}

/** Renews the session; calls at the same time share one attempt, because a refresh token works once. */
export async function refreshOnce(): Promise<boolean> {
  refreshing ??= renew().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function renew(): Promise<boolean> {
  // Tabs share the cookies too: whoever waits for the lock may find the work done.
  if (!('locks' in navigator)) return callRefresh();
  return navigator.locks.request('karavan.refresh', callRefresh);
}

async function callRefresh(): Promise<boolean> {
  const response = await attempt(
    prepare(new Request(new URL(REFRESH_PATH, location.origin), { method: 'POST' })),
  );
  if (!response.ok && response.status === 401) setSessionHint(false);
  return response.ok;
}
