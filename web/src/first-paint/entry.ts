/**
 * What public pages show before the app has come: its own components, rendered once when it is built.
 *
 * Goods and categories are patterns with marks in them, which the server fills in (`karavan/first_paint.py`).
 * Only the build runs this (`scripts/first-paint.mjs`): no browser ever loads it.
 */
import i18next from 'i18next';

import { CATEGORY_ICONS } from '@/features/catalogue/components/category-icons';
import { SHOWN_AT_FIRST, TILE_GRID } from '@/features/catalogue/components/category-tiles';
import { GOODS_GRID } from '@/features/catalogue/components/goods-grid';
import { type CategoryNode, levelQuery } from '@/shared/categories/tree';
import { loadWords, startTranslation } from '@/shared/i18n/i18n';
import type { Language } from '@/shared/i18n/languages';
import { formatMoney } from '@/shared/money/money';

import { cards } from './goods';
import { mark, marks } from './marks';
import { itemsOf, replaced } from './markup';
import { rendered } from './rendering';

// A form is none of them: what somebody typed would be gone when the app comes.
const PAGES = ['/', '/catalogue', '/requests', '/legal/terms', '/legal/privacy'];

/** What stands before an amount, between its thousands, before its fraction and behind it; and the fraction's digits. */
type Around = [before: string, group: string, point: string, after: string, digits: number];

export interface Painted {
  /** Contents of `#root` by path; `/catalogue` has marks for tiles and goods. */
  pages: Record<string, string>;
  cards: Record<string, string>;
  money: Record<string, Around>;
  /** Short names of units by their codes. */
  units: Record<string, string>;
}

/** Pages as they stand before their data, and patterns of cards, in a language. */
export async function paint(language: Language): Promise<Painted> {
  await speak(language);
  const pages: Record<string, string> = {};
  for (const path of PAGES) pages[path] = await rendered(path);
  pages['/catalogue'] = withHoles(pages['/catalogue'] ?? '');
  await loadWords('units');
  const words = i18next.getResourceBundle(language, 'units') as Record<
    'short' | 'measure',
    Record<string, string>
  >;
  return {
    pages,
    cards: await cards(),
    money: Object.fromEntries(Intl.supportedValuesOf('currency').map((one) => [one, around(one)])),
    units: { ...words.measure, ...words.short },
  };
}

/** Tiles of categories by the name of their icon; `''` is for names that have none. They are the same in all languages. */
export async function tiles(): Promise<Record<string, string>> {
  await speak('en');
  const names = ['', ...Object.keys(CATEGORY_ICONS)];
  const found: Record<string, string> = {};
  for (let start = 0; start < names.length; start += SHOWN_AT_FIRST) {
    const some = names.slice(start, start + SHOWN_AT_FIRST);
    const html = await rendered('/catalogue', (client) =>
      client.setQueryData(levelQuery(null).queryKey, { revision: 1, items: some.map(category) }),
    );
    const items = itemsOf(html, TILE_GRID);
    for (const [place, name] of some.entries()) found[name] = items[place] ?? '';
  }
  return found;
}

async function speak(language: Language): Promise<void> {
  if (!i18next.isInitialized) await startTranslation();
  await i18next.changeLanguage(language);
}

function withHoles(html: string): string {
  const withTiles = replaced(html, TILE_GRID, `<ul class="${TILE_GRID}">${mark('tiles')}</ul>`);
  return replaced(withTiles, GOODS_GRID, `<ul class="${GOODS_GRID}">${mark('goods')}</ul>`);
}

function category(icon: string): CategoryNode {
  return {
    id: `category-${icon}`,
    code: mark('code'),
    names: marks('name'),
    parent_id: null,
    icon,
    position: 0,
    archived: false,
    version: 1,
    child_count: 0,
    children: [],
  };
}

function around(currency: string): Around {
  const group = /\d(\D)\d{3}/.exec(formatMoney({ amount: 123_456_789, currency }));
  const shown = /^(\D*)\d+(?:(\D)(\d+))?(\D*)$/.exec(formatMoney({ amount: 123, currency }));
  if (group === null || shown === null) throw new Error(`Money in ${currency} has no known form.`);
  const [, before = '', point = '', fraction = '', after = ''] = shown;
  return [before, group[1] ?? '', point, after, fraction.length];
}
