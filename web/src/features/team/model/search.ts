import * as z from 'zod/mini';

import { tableSearch } from '@/shared/ui/data-table/search';

export const TEAM_TABS = ['members', 'invites'] as const;

export type TeamTab = (typeof TEAM_TABS)[number];

export const teamSearch = z.extend(tableSearch, {
  tab: z.catch(z.optional(z.enum(TEAM_TABS)), undefined),
});

export type TeamSearch = z.infer<typeof teamSearch>;
