import type { components } from '@/shared/api/schema';
import type { TableSearch } from '@/shared/ui/data-table/search';

type Schemas = components['schemas'];

export type LinkListItem = Schemas['LinkListItem'];
export type LinkDetails = Schemas['LinkDetails'];
export type LinkState = Schemas['LinkState'];
export type LinkTerms = Schemas['LinkTermsView'];
export type LinkTermsBody = Schemas['LinkTermsBody'];
export type LinkMove = Schemas['LinkMoveView'];
export type SupplierCard = Schemas['SupplierCard'];
export type LinkInvitation = Schemas['LinkInvitationView'];
export type NewLinkInvitation = Schemas['NewLinkInvitationView'];
export type CreateInvitationBody = Schemas['CreateLinkInvitationBody'];

export const LINK_STATES = [
  'pending',
  'accepted',
  'denied',
  'blocked',
  'withdrawn',
  'left',
] as const satisfies readonly LinkState[];

export const SUPPLIER_TABS = ['directory', 'mine'] as const;
export type SupplierTab = (typeof SUPPLIER_TABS)[number];

/** What the page of suppliers keeps in the URL. */
export interface SupplierSearch extends TableSearch {
  tab?: SupplierTab | undefined;
  state?: LinkState | undefined;
  country?: string | undefined;
  category?: string | undefined;
}

export const BUYER_TABS = ['requests', 'buyers', 'invitations'] as const;
export type BuyerTab = (typeof BUYER_TABS)[number];

/** What the page of buyers keeps in the URL. */
export interface BuyerSearch extends TableSearch {
  tab?: BuyerTab | undefined;
  state?: LinkState | undefined;
}

export const LINK_TABS = ['terms', 'versions', 'history', 'notes'] as const;
export type LinkTab = (typeof LINK_TABS)[number];
