import * as z from 'zod/mini';

export const ORGANISATION_TABS = ['profile', 'requisites', 'trading'] as const;

export type OrganisationTab = (typeof ORGANISATION_TABS)[number];

export const organisationSearch = z.object({
  tab: z.catch(z.optional(z.enum(ORGANISATION_TABS)), undefined),
});
