import { describe, expect, it } from 'vitest';

import css from './tokens.css?raw';

function tokensOf(theme: 'light' | 'dark'): Map<string, string> {
  const block = new RegExp(`\\[data-theme='${theme}'\\]\\s*{([^}]*)}`).exec(css)?.[1] ?? '';
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

/** Relative luminance, WCAG 2.2 § relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Text on every ground on which it stands: 4.5 to 1 (WCAG 1.4.3). */
const TEXT_PAIRS: [string, string[]][] = [
  ['ink', ['canvas', 'surface', 'sunken', 'hover', 'accent-soft']],
  ['muted', ['canvas', 'surface', 'sunken', 'hover', 'accent-soft']],
  ['faint', ['canvas', 'surface', 'sunken']],
  ['accent', ['canvas', 'surface']],
  ['on-accent', ['accent', 'accent-hover']],
  ['on-accent-soft', ['accent-soft']],
  ['on-danger', ['danger', 'danger-hover']],
  ['draft', ['draft-soft']],
  ['open', ['open-soft']],
  ['waiting', ['waiting-soft', 'surface', 'canvas']],
  ['done', ['done-soft']],
  ['stopped', ['stopped-soft', 'surface', 'canvas', 'hover']],
];

/** Edges of controls, focus and chart lines: 3 to 1 (WCAG 1.4.11). */
const SHAPE_PAIRS: [string, string[]][] = [
  ['control', ['canvas', 'surface', 'accent-soft']],
  ['focus', ['canvas', 'surface', 'sunken', 'hover']],
  ['accent', ['surface', 'canvas', 'hover']],
  ['danger', ['surface']],
  ...[1, 2, 3, 4, 5].map((n): [string, string[]] => [`chart-${String(n)}`, ['surface']]),
];

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const check = (pairs: [string, string[]][], least: number): string[] =>
    pairs.flatMap(([front, grounds]) =>
      grounds
        .map((ground) => {
          const ratio = contrast(tokens.get(front) ?? '', tokens.get(ground) ?? '');
          return ratio >= least ? '' : `${front} on ${ground}: ${ratio.toFixed(2)}`;
        })
        .filter((failure) => failure !== ''),
    );

  it('knows every token of the other theme', () => {
    expect([...tokens.keys()]).toEqual([...tokensOf('light').keys()]);
    expect(tokens.size).toBeGreaterThan(30);
  });
  it('sets text apart from its ground', () => expect(check(TEXT_PAIRS, 4.5)).toEqual([]));
  it('sets controls, focus and charts apart', () => expect(check(SHAPE_PAIRS, 3)).toEqual([]));
});
