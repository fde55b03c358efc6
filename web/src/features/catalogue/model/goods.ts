import type { MoneyValue } from '@/shared/api/types';
import type { PictureValue } from '@/shared/ui/picture';

import type { CatalogueItem, FoundProduct } from '../api/types';
import type { Packing } from './quantity';

/** A product as lists show it, wherever it was read from. */
export interface Goods {
  id: string;
  sku: string;
  names: Record<string, string>;
  seller: { id: string; name: string };
  /** What the reader pays for the first piece. */
  price: MoneyValue;
  /** The product's own price, where the reader pays less. */
  listPrice: MoneyValue | null;
  unit: string;
  image: PictureValue | null;
  isFamily: boolean;
  isInStock: boolean;
  /** The mean, of one to five; null without reviews. */
  rating: number | null;
  ratings: number;
  isForLinkedOnly: boolean;
  /** Known where goods can be put into a cart. */
  packing: Packing | null;
}

/** A result of a search. */
export function goodsFound(item: FoundProduct): Goods {
  return {
    id: item.id,
    sku: item.sku,
    names: item.names,
    seller: item.organisation,
    ...paid(item),
    unit: item.unit,
    image: item.image,
    isFamily: item.has_variants,
    isInStock: item.in_stock,
    rating: item.rating,
    ratings: item.rating_count,
    isForLinkedOnly: item.visibility === 'linked',
    packing: null,
  };
}

/** A row of a linked supplier's catalogue. */
export function goodsOffered(item: CatalogueItem): Goods {
  const { sum, count } = item.rating;
  return {
    id: item.id,
    sku: item.sku,
    names: item.names,
    seller: item.organisation,
    ...paid(item),
    unit: item.unit,
    image: item.image,
    isFamily: item.has_variants,
    isInStock: Number(item.available) > 0,
    rating: count === 0 ? null : sum / count,
    ratings: count,
    isForLinkedOnly: false,
    packing: { pack_size: item.pack_size, minimum_order: item.minimum_order },
  };
}

function paid({
  price,
  your_tiers: tiers,
}: Pick<FoundProduct, 'price' | 'your_tiers'>): Pick<Goods, 'price' | 'listPrice'> {
  const own = tiers?.[0]?.price ?? price;
  const isLower = own.currency === price.currency && own.amount < price.amount;
  return { price: own, listPrice: isLower ? price : null };
}
