import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';

import { type FieldProblem, toProblem } from '@/shared/api/problem';
import { problemMessage, problemText } from '@/shared/api/problem-text';

/** Turns a JSON pointer, also one written as a URI fragment, into a form path: `#/lines/0/price` → `lines.0.price`. */
export function pointerToPath(pointer: string): string {
  return pointer
    .replace(/^#/, '')
    .split('/')
    .slice(1)
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}

/**
 * Puts a refused request's errors on the fields they are about; what belongs to no field of the form
 * becomes the form's own error (`root.server`), so that nothing the server said is lost.
 */
export function applyProblemToForm<Values extends FieldValues>(
  error: unknown,
  form: UseFormReturn<Values>,
  /** Names in the body that differ from names in the form. */
  names: Readonly<Record<string, FieldPath<Values>>> = {},
): void {
  const problem = toProblem(error);
  const homeless: FieldProblem[] = [];
  let hasFocused = false;
  for (const one of problem.errors) {
    const path = pointerToPath(one.pointer);
    const name = names[path] ?? (path as FieldPath<Values>);
    if (hasField(form, name)) {
      form.setError(
        name,
        { type: 'server', message: fieldMessage(one) },
        { shouldFocus: !hasFocused },
      );
      hasFocused = true;
    } else homeless.push(one);
  }
  if (hasFocused && homeless.length === 0) return;
  const { message, requestId } = problemText(problem);
  const details = homeless.map(fieldMessage).join(' ');
  form.setError('root.server', {
    type: requestId ?? 'server',
    message: [message, details].filter((part) => part !== '').join(' '),
  });
}

function fieldMessage(one: FieldProblem): string {
  // `field.required` is a field's own wording; `password.too_common` means the same everywhere.
  return problemMessage(`field.${one.code}`, problemMessage(one.code, one.detail));
}

function hasField<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  name: FieldPath<Values>,
): boolean {
  let fields: unknown = form.control._fields;
  for (const part of name.split('.')) {
    if (typeof fields !== 'object' || fields === null || !(part in fields)) return false;
    fields = (fields as Record<string, unknown>)[part];
  }
  return fields !== undefined;
}
