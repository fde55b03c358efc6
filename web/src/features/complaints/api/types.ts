import type { components } from '@/shared/api/schema';
import type { TableSearch } from '@/shared/ui/data-table/search';

type Schemas = components['schemas'];

export type ComplaintListItem = Schemas['ComplaintListItem'];
export type ComplaintView = Schemas['ComplaintView'];
export type ComplaintState = Schemas['ComplaintState'];
export type ComplaintKind = Schemas['ComplaintKind'];
export type Wanted = Schemas['Wanted'];
export type Outcome = Schemas['Outcome'];
export type ComplaintStatistics = Schemas['ComplaintStatistics'];
export type BusinessHours = Schemas['BusinessHoursView'];
export type WorkingInterval = Schemas['WorkingInterval'];

export const COMPLAINT_STATES = [
  'open',
  'answered',
  'escalated',
  'resolved',
  'withdrawn',
] as const satisfies readonly ComplaintState[];

export const KINDS = [
  'damaged',
  'missing',
  'wrong_goods',
  'late',
  'quality',
  'other',
] as const satisfies readonly ComplaintKind[];

export const WANTED = ['refund', 'replacement', 'credit'] as const satisfies readonly Wanted[];

export const OUTCOMES = [
  'refund',
  'replacement',
  'credit',
  'declined',
] as const satisfies readonly Outcome[];

/** What the list of complaints keeps in the URL. */
export interface ComplaintSearch extends TableSearch {
  side?: 'buyer' | 'seller' | undefined;
  state?: ComplaintState | undefined;
  overdue?: 'true' | 'false' | undefined;
  mine?: 'true' | undefined;
}

export const COMPLAINT_TABS = ['history', 'evidence', 'chat'] as const;
export type ComplaintTab = (typeof COMPLAINT_TABS)[number];

/** What of an order can be complained about. */
export interface ComplainedOrder {
  id: string;
  number: string;
  lines: readonly { id: string; name: string; sku: string }[];
}
