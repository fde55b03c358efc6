import * as z from 'zod/mini';

import { tableSearch } from '@/shared/ui/data-table/search';

export const moderationSearch = z.extend(tableSearch, {
  kind: z.catch(z.optional(z.enum(['product', 'change_request'])), undefined),
});

export type ModerationSearch = z.infer<typeof moderationSearch>;
