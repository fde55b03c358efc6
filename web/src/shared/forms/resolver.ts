import { type FieldErrors, type FieldValues, type Resolver, set } from 'react-hook-form';
import { type $ZodIssue, type $ZodType, safeParseAsync } from 'zod/v4/core';

/**
 * Lets a zod schema check a form.
 *
 * The published resolver imports all of zod by name, which is a quarter of what the sign-in page may weigh.
 */
export function schemaResolver<Input extends FieldValues, Output extends FieldValues>(
  schema: $ZodType<Output, Input>,
): Resolver<Input, unknown, Output> {
  return async (values, _context, { names }) => {
    const result = await safeParseAsync(schema, values);
    if (result.success) return { values: result.data, errors: {} };
    const errors = errorsOf<Input>(result.error.issues, names ?? []);
    return { values: {}, errors };
  };
}

/** The first issue of each path, nested as the values are. What is wrong with a list itself stands at its `root`. */
function errorsOf<Input extends FieldValues>(
  issues: readonly $ZodIssue[],
  names: readonly string[],
): FieldErrors<Input> {
  const errors: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (const issue of issues) {
    const path = issue.path.join('.');
    if (seen.has(path)) continue;
    seen.add(path);
    const isList = names.some((name) => name.startsWith(`${path}.`));
    set(errors, isList ? `${path}.root` : path, { type: issue.code, message: issue.message });
  }
  return errors as FieldErrors<Input>;
}
