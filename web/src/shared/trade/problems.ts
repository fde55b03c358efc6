import { Problem } from '@/shared/api/problem';

/**
 * Takes the outer member of a body out of the pointers of a refusal: forms hold what is inside of it.
 *
 * @example withoutPrefix(error, 'offer') // `#/offer/lines/0/name` → `#/lines/0/name`
 */
export function withoutPrefix(error: unknown, member: string): unknown {
  if (!(error instanceof Problem)) return error;
  const pattern = new RegExp(`^(#?)/${member}(?=/|$)`);
  const errors = error.errors.map((one) => ({
    ...one,
    pointer: one.pointer.replace(pattern, '$1'),
  }));
  return new Problem(
    error.status,
    { code: error.code, detail: error.detail, errors, meta: { ...error.meta } },
    { requestId: error.requestId, retryAfterSeconds: error.retryAfterSeconds, cause: error },
  );
}
