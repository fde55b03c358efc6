import * as z from 'zod/mini';

export const moderationSearch = z.object({
  kind: z.catch(z.optional(z.enum(['product', 'change_request'])), undefined),
});

export type ModerationSearch = z.infer<typeof moderationSearch>;
