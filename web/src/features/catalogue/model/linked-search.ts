import * as z from 'zod/mini';

import { tableSearch } from '@/shared/ui/data-table/search';

export const LINKED_SORTS = ['name', 'price', '-price', '-published_at'] as const;

const id = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i));
const amount = z.catch(z.optional(z.int().check(z.minimum(0))), undefined);

/** The address of a supplier's catalogue in the workspace. */
export const linkedSearch = z.extend(tableSearch, {
  supplier: z.catch(z.optional(id), undefined),
  category: z.catch(z.optional(id), undefined),
  price_min: amount,
  price_max: amount,
  in_stock: z.catch(z.optional(z.boolean()), undefined),
});

export type LinkedSearch = z.infer<typeof linkedSearch>;
