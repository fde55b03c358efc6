/** Shapes that every part of the API shares (`api.md`, Conventions). */

export interface MoneyValue {
  /** Integer minor units: 150000 KZT is 1,500.00 ₸. */
  amount: number;
  /** ISO 4217 code. */
  currency: string;
}

export interface Page<Item> {
  items: Item[];
  page: number;
  size: number;
  total: number;
  pages: number;
}

/** One thing the caller may do to a resource now, as the server offers it. */
export interface ResourceAction {
  name: string;
  reason: 'required' | 'optional' | 'none';
}

export interface Membership {
  organisation_id: string;
  organisation_name: string;
  role: OrganisationRole;
}

export type OrganisationRole =
  'owner' | 'admin' | 'manager' | 'sales' | 'buyer' | 'vendor' | 'viewer';

export interface Session {
  user: {
    id: string;
    email: string;
    display_name: string;
    locale: string;
    theme: string;
    avatar_url: string | null;
    email_verified: boolean;
  };
  organisation: {
    id: string;
    name: string;
    slug: string;
    kind: 'company' | 'personal';
    interest: string;
    buys: boolean;
    sells: boolean;
    country: string;
    currency: string;
    logo_url: string | null;
  };
  role: OrganisationRole;
  permissions: string[];
  memberships: Membership[];
  platform_role: string | null;
}

/** A stored file, with an address that opens it for a while. */
export interface FileView {
  id: string;
  name: string;
  size_bytes: number;
  content_type: string;
  url: string;
}
