import * as z from 'zod/mini';

import { tableSearch } from '@/shared/ui/data-table/search';

import { BOARD_LAYOUTS, DUE_CHOICES } from '../api/types';

const amount = z.catch(z.optional(z.int().check(z.nonnegative())), undefined);

/** What the board keeps in the URL; a value that cannot be is left out. */
export const boardSearch = z.extend(tableSearch, {
  category: z.catch(z.optional(z.string()), undefined),
  country: z.catch(z.optional(z.string().check(z.regex(/^[A-Z]{2}$/))), undefined),
  currency: z.catch(z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))), undefined),
  budget_min: amount,
  budget_max: amount,
  due: z.catch(z.optional(z.enum(DUE_CHOICES)), undefined),
  invited: z.catch(z.optional(z.boolean()), undefined),
  view: z.catch(z.optional(z.enum(BOARD_LAYOUTS)), undefined),
});
