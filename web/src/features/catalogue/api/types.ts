import type { components } from '@/shared/api/schema';

type Schemas = components['schemas'];
export type ProductView = Schemas['ProductView'];
export type VariantView = Schemas['VariantView'];
export type PriceView = Schemas['PriceView'];
export type PriceTier = PriceView['tiers'][number];
export type FoundProduct = Schemas['FoundProduct'];
export type CatalogueItem = Schemas['CatalogueItem'];
export type SearchPage = Schemas['SearchPage'];
export type Seller = Schemas['SellerView'];

export const SORTS = ['relevance', 'price', '-price', 'rating', 'newest'] as const;
export type Sort = (typeof SORTS)[number];

/** What a list of goods is narrowed to; prices are minor units of `currency`. */
export interface GoodsSearch {
  q?: string | undefined;
  category?: string | undefined;
  suppliers?: string[] | undefined;
  attributes?: string[] | undefined;
  currency?: string | undefined;
  price_min?: number | undefined;
  price_max?: number | undefined;
  in_stock?: boolean | undefined;
  literal?: boolean | undefined;
  sort?: Sort | undefined;
  page?: number | undefined;
  size?: number | undefined;
}

export type GoodsPatch = Partial<GoodsSearch>;
