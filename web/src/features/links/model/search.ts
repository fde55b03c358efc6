import * as z from 'zod/mini';

import { tableSearch } from '@/shared/ui/data-table/search';

import { BUYER_TABS, LINK_STATES, LINK_TABS, SUPPLIER_TABS } from '../api/types';

const state = z.catch(z.optional(z.enum(LINK_STATES)), undefined);

/** What the page of suppliers keeps in the URL; a value that cannot be is left out. */
export const supplierSearch = z.extend(tableSearch, {
  tab: z.catch(z.optional(z.enum(SUPPLIER_TABS)), undefined),
  state,
  country: z.catch(z.optional(z.string().check(z.regex(/^[A-Z]{2}$/))), undefined),
  category: z.catch(z.optional(z.string().check(z.maxLength(100))), undefined),
});

/** What the page of buyers keeps in the URL. */
export const buyerSearch = z.extend(tableSearch, {
  tab: z.catch(z.optional(z.enum(BUYER_TABS)), undefined),
  state,
});

/** What a link's page keeps in the URL. */
export const linkSearch = z.object({
  tab: z.catch(z.optional(z.enum(LINK_TABS)), undefined),
});
