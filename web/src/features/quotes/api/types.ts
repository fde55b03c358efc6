import type { components } from '@/shared/api/schema';
import type { TableSearch } from '@/shared/ui/data-table/search';

type Schemas = components['schemas'];

export type QuoteSummary = Schemas['QuoteSummary'];
export type QuoteView = Schemas['QuoteView'];
export type QuoteVersion = Schemas['QuoteVersionView'];
export type QuoteVersionHistory = Schemas['QuoteVersionHistory'];
export type QuoteState = Schemas['QuoteState'];
export type LineKind = Schemas['LineKind'];
export type OfferBody = Schemas['OfferBody'];

export const QUOTE_STATES = [
  'submitted',
  'updated',
  'standby',
  'accepted',
  'rejected',
  'withdrawn',
  'expired',
] as const satisfies readonly QuoteState[];

export const LINE_KINDS = [
  'offered',
  'alternative',
  'not_available',
] as const satisfies readonly LineKind[];

/** What the list of quotes keeps in the URL. */
export interface QuoteSearch extends TableSearch {
  /** `vendor`: given; `buyer`: received. */
  side?: 'vendor' | 'buyer' | undefined;
  state?: QuoteState | undefined;
}

export const QUOTE_TABS = ['offer', 'versions'] as const;
export type QuoteTab = (typeof QUOTE_TABS)[number];
