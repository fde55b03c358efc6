import type { components } from '@/shared/api/schema';

export type OptionBody = components['schemas']['OptionBody'];

const LANGUAGES_COUNT = 3;
const CODE_MAX = 60;

/** Writes options as lines of text: `whole = Whole | Крупный | Ірі`. */
export function optionsText(options: readonly OptionBody[]): string {
  return options
    .map(({ code, names }) => `${code} = ${names.en} | ${names.ru} | ${names.kk}`)
    .join('\n');
}

/**
 * Reads such lines. One name alone stands for every language, and a line without a code gets one made of its first name.
 * Null where a line has two names, or nothing that a code could be made of.
 */
export function readOptions(text: string): OptionBody[] | null {
  const options: OptionBody[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const split = line.indexOf('=');
    const parts = line
      .slice(split + 1)
      .split('|')
      .map((one) => one.trim());
    const [en = '', ru = en, kk = en] = parts;
    const code = codeOf(split === -1 ? en : line.slice(0, split));
    if (code === '' || parts.includes('')) return null;
    if (parts.length !== 1 && parts.length !== LANGUAGES_COUNT) return null;
    options.push({ code, names: { en, ru, kk } });
  }
  return options;
}

/** Returns a code made of a name: `Light roast` is `light_roast`, `3XL` is `x3xl`. */
export function codeOf(name: string): string {
  const code = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return (/^[0-9]/.test(code) ? `x${code}` : code).slice(0, CODE_MAX).replace(/_+$/, '');
}
