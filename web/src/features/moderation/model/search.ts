import * as z from 'zod/mini';

import { tableSearch } from '@/shared/ui/data-table/search';

export const moderationSearch = z.extend(tableSearch, {
  tab: z.catch(z.optional(z.enum(['reviews'])), undefined),
  kind: z.catch(z.optional(z.enum(['product', 'change_request'])), undefined),
});

export type ModerationSearch = z.infer<typeof moderationSearch>;
