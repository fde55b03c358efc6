import type { components } from '@/shared/api/schema';
import type { TableSearch } from '@/shared/ui/data-table/search';

type Schemas = components['schemas'];

export type ProductSummary = Schemas['ProductSummary'];
export type ProductView = Schemas['ProductView'];
export type ProductBody = Schemas['ProductBody'];
export type ProductPatch = Schemas['ProductPatch'];
export type ProductState = Schemas['ProductState'];
export type ProductVisibility = Schemas['ProductVisibility'];
export type VariantView = Schemas['VariantView'];
export type BulkAction = Schemas['BulkAction'];
export type BulkResult = Schemas['BulkResult'];
export type StockView = Schemas['StockView'];
export type StockChange = Schemas['StockChange'];

export const PRODUCT_STATES = [
  'draft',
  'proposed',
  'published',
  'rejected',
  'archived',
] as const satisfies readonly ProductState[];

export const VISIBILITIES = [
  'both',
  'public',
  'linked',
] as const satisfies readonly ProductVisibility[];

export const LANGUAGES = ['en', 'ru', 'kk'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the table of products keeps in the URL. */
export interface ProductSearch extends TableSearch {
  state?: ProductState | undefined;
  visibility?: ProductVisibility | undefined;
  in_stock?: 'true' | 'false' | undefined;
  active?: 'true' | 'false' | undefined;
}

export const PRODUCT_TABS = ['content', 'images', 'variants', 'stock', 'history'] as const;
export type ProductTab = (typeof PRODUCT_TABS)[number];
