import type { components } from '@/shared/api/schema';
import type { TableSearch } from '@/shared/ui/data-table/search';

type Schemas = components['schemas'];

export type DealListItem = Schemas['DealListItem'];
export type DealView = Schemas['DealView'];
export type DealState = Schemas['DealState'];
export type TermsView = Schemas['TermsView'];
export type TermsBody = Schemas['TermsBody'];

export const DEAL_STATES = [
  'negotiation',
  'contract',
  'invoiced',
  'paid',
  'archived',
  'cancelled',
] as const satisfies readonly DealState[];

export const PAYMENT_METHODS = ['bank_transfer', 'cash', 'card', 'other'] as const;

/** What the list of deals keeps in the URL. */
export interface DealSearch extends TableSearch {
  side?: 'buyer' | 'vendor' | undefined;
  state?: DealState | undefined;
}

export const DEAL_TABS = ['terms', 'versions', 'history', 'chat'] as const;
export type DealTab = (typeof DEAL_TABS)[number];
