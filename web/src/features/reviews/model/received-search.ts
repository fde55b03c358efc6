import * as z from 'zod/mini';

import { tableSearch } from '@/shared/ui/data-table/search';

/** The address of the page of received reviews. */
export const receivedSearch = z.extend(tableSearch, {
  answered: z.catch(z.optional(z.boolean()), undefined),
  rating: z.catch(z.optional(z.int().check(z.minimum(1), z.maximum(5))), undefined),
});
