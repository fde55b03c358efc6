import { GOODS_GRID } from '@/features/catalogue/components/goods-grid';
import { type FoundProduct, searchQuery, type SearchPage } from '@/features/search/api/queries';
import { formatMoney } from '@/shared/money/money';
import { pictureSources } from '@/shared/ui/picture-sources';

import { mark, marks } from './marks';
import { itemsOf } from './markup';
import { rendered } from './rendering';

const PARTS = ['image', 'from', 'in_stock', 'list_price'] as const;
type Part = (typeof PARTS)[number];

const PAID = { amount: 123_456, currency: 'KZT' };
const LISTED = { amount: 654_321, currency: 'KZT' };
const PICTURE = {
  id: mark('image'),
  alt: mark('alt'),
  key: mark('key'),
  sizes: [160, 480],
  width: 1111,
  height: 2222,
  blurhash: '',
};

/** Cards of goods by which of their parts they show, such as `image,in_stock`. */
export async function cards(): Promise<Record<string, string>> {
  const kinds = Array.from({ length: 2 ** PARTS.length }, (_, bits) =>
    PARTS.filter((_part, place) => (bits >> place) & 1),
  );
  const page = pageOf(kinds.map((parts, place) => product(place, parts)));
  const html = await rendered('/catalogue', (client) =>
    client.setQueryData(searchQuery({}).queryKey, page),
  );
  const { avif, webp, fallback } = pictureSources(PICTURE);
  return Object.fromEntries(
    itemsOf(html, GOODS_GRID).map((item, place) => [
      (kinds[place] ?? []).join(),
      item
        .replace(`"${avif}"`, `"${mark('avif')}"`)
        .replace(`"${webp}"`, `"${mark('webp')}"`)
        .replace(`"${fallback}"`, `"${mark('src')}"`)
        .replace(/loading="\w+"/, `loading="${mark('loading')}"`)
        .replace(/fetchpriority="\w+"/i, `fetchpriority="${mark('priority')}"`)
        .replace(`"${String(PICTURE.width)}"`, `"${mark('width')}"`)
        .replace(`"${String(PICTURE.height)}"`, `"${mark('height')}"`)
        .replace('decoding="async"', `decoding="${mark('decoding')}"`)
        // No script is there yet to wait for the picture.
        .replace(' opacity-0', '')
        .replaceAll(idOf(place), mark('id'))
        .replaceAll(formatMoney(PAID), mark('price'))
        .replaceAll(formatMoney(LISTED), mark('list_price')),
    ]),
  );
}

const idOf = (place: number): string => `goods-${String(place)}-`;

function product(place: number, parts: readonly Part[]): FoundProduct {
  const isLower = parts.includes('list_price');
  return {
    id: idOf(place),
    sku: '',
    name: mark('name'),
    names: marks('name'),
    organisation: { id: mark('seller_id'), name: mark('seller') },
    category_id: '',
    price: isLower ? LISTED : PAID,
    your_tiers: isLower ? [{ from_quantity: '1', price: PAID }] : null,
    unit: mark('unit'),
    minimum_order: '1',
    image: parts.includes('image') ? PICTURE : null,
    has_variants: parts.includes('from'),
    in_stock: parts.includes('in_stock'),
    rating: null,
    rating_count: 0,
    visibility: 'public',
  };
}

function pageOf(items: FoundProduct[]): SearchPage {
  return {
    items,
    page: 1,
    size: items.length,
    total: items.length,
    pages: 1,
    total_is_capped: false,
    facets: {
      attributes: [],
      categories: { capped: false, items: [] },
      in_stock: { capped: false, count: 0 },
      prices: { capped: false, items: [] },
      suppliers: { capped: false, items: [] },
    },
    query: { text: '', corrected: null, relaxed: false },
  };
}
