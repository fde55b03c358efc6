import type { CategoryAttribute } from '@/shared/categories/tree';

/** A line of a product's details before it is put into words. */
export type AttributeLine =
  | {
      code: string;
      names: Readonly<Record<string, string>> | null;
      kind: 'boolean';
      value: boolean;
    }
  | {
      code: string;
      names: Readonly<Record<string, string>> | null;
      kind: 'number';
      value: string;
      unit: string | null;
    }
  | { code: string; names: Readonly<Record<string, string>> | null; kind: 'text'; value: string }
  | {
      code: string;
      names: Readonly<Record<string, string>>;
      kind: 'choice';
      optionNames: Readonly<Record<string, string>>;
    };

/** Values of a product in the order of its category; what the category no longer asks for comes last, as it is. */
export function attributeLines(
  values: Readonly<Record<string, unknown>>,
  attributes: readonly CategoryAttribute[],
): AttributeLine[] {
  const asked = attributes.filter((one) => one.code in values);
  const known = new Set(asked.map((one) => one.code));
  const rest = Object.keys(values).filter((code) => !known.has(code));
  return [
    ...asked.map((one) => lineOf(one.code, values[one.code], one)),
    ...rest.map((code) => lineOf(code, values[code], undefined)),
  ].filter((line) => line !== null);
}

function lineOf(
  code: string,
  value: unknown,
  attribute: CategoryAttribute | undefined,
): AttributeLine | null {
  const names = attribute === undefined ? null : { ...attribute.names };
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return { code, names, kind: 'boolean', value };
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (text === '') return null;
  if (attribute?.kind === 'number')
    return { code, names, kind: 'number', value: text, unit: attribute.unit };
  const option = attribute?.options.find((one) => one.code === text);
  if (option !== undefined && names !== null)
    return { code, names, kind: 'choice', optionNames: { ...option.names } };
  return { code, names, kind: 'text', value: text };
}
