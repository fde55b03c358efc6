import i18next from 'i18next';

import { toProblem } from './problem';

/**
 * Returns what a person should read about an error.
 *
 * Codes translate by `problems.<code>`; an unknown code shows the server's own detail.
 */
export function problemText(error: unknown): { message: string; requestId: string | null } {
  const problem = toProblem(error);
  return {
    message: problemMessage(problem.code, problem.detail, problem.meta),
    requestId: problem.requestId,
  };
}

/** Translates one code, with the server's facts at hand for `{{placeholders}}`. */
export function problemMessage(
  code: string,
  detail: string,
  meta: Readonly<Record<string, unknown>> = {},
): string {
  // Codes carry dots, so the key is looked up flat: `order.out_of_stock` is one key.
  const options = { ...meta, ns: 'problems' as const, keySeparator: false as const };
  if (i18next.exists(code, options)) return translate(code, options);
  if (detail !== '') return detail;
  return translate('unknown', options);
}

function translate(key: string, options: Record<string, unknown>): string {
  const plain = i18next.t as unknown as (key: string, options: Record<string, unknown>) => string;
  return plain(key, options);
}

/** Returns what went wrong together with every refused field, for dialogs that have no fields to put them on. */
export function wholeProblemText(error: unknown): string {
  const problem = toProblem(error);
  const fields = problem.errors.map((one) => problemMessage(`field.${one.code}`, one.detail));
  return [problemText(problem).message, ...fields].join(' ');
}

/** Returns what is wrong with the one value that was sent, for a single field that stands by itself. */
export function singleProblemText(error: unknown): string {
  const problem = toProblem(error);
  const [first] = problem.errors;
  return first === undefined
    ? problemText(problem).message
    : problemMessage(`field.${first.code}`, first.detail, problem.meta);
}
