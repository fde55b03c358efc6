/** One refused field of a request body. */
export interface FieldProblem {
  /** JSON pointer into the body, for example `/lines/0/quantity`. */
  pointer: string;
  code: string;
  detail: string;
}

/** The body of an error answer, `application/problem+json` (RFC 9457) with our members. */
export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  errors?: FieldProblem[];
  meta?: Record<string, unknown>;
  request_id?: string;
}

/** Codes that this side makes itself, when no answer of the server says more. */
export const CLIENT_PROBLEM_CODES = {
  unreachable: 'network.unreachable',
  unreadable: 'network.unreadable',
} as const;

/** What every failed call throws: the server's problem, or the reason why there was no answer. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
  readonly meta: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(
    status: number,
    body: ProblemBody,
    options: { requestId?: string | null; retryAfterSeconds?: number | null; cause?: unknown } = {},
  ) {
    super(body.detail ?? body.title ?? body.code ?? `HTTP ${String(status)}`, {
      cause: options.cause,
    });
    this.name = 'Problem';
    this.status = status;
    this.code = body.code ?? `http.${String(status)}`;
    this.detail = body.detail ?? body.title ?? '';
    this.errors = body.errors ?? [];
    this.meta = body.meta ?? {};
    this.requestId = body.request_id ?? options.requestId ?? null;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }

  /** True where an address leads to nothing: a stranger's, one that is gone, or one that is no address at all. */
  get isNothing(): boolean {
    return this.status === 404 || this.errors.some(({ pointer }) => pointer.startsWith('#/path/'));
  }

  /** True where the same call may succeed a little later without anyone changing anything. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Reads the problem out of a failed answer; an answer that is no JSON keeps its status and request id. */
export async function problemFromResponse(response: Response): Promise<Problem> {
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const options = {
    requestId: response.headers.get('X-Request-ID'),
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
  };
  try {
    const body: unknown = await response.json();
    return new Problem(response.status, isProblemBody(body) ? body : {}, options);
  } catch (cause) {
    return new Problem(response.status, {}, { ...options, cause });
  }
}

/** Wraps anything thrown, so that screens deal with one class of error. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const detail = error instanceof Error ? error.message : String(error);
  // The page's own code did not arrive: every browser says so in its own words.
  const isCode = /dynamically imported|module script/.test(detail);
  const code = CLIENT_PROBLEM_CODES[isCode ? 'unreachable' : 'unreadable'];
  return new Problem(0, { code, detail }, { cause: error });
}

function isProblemBody(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}
