import * as z from 'zod/mini';

/** The groups in the order of the server's preferences. */
export const NOTIFICATION_GROUPS = [
  'opportunities',
  'requests',
  'quotes',
  'approvals',
  'deals',
  'orders',
  'invoices',
  'links',
  'products',
  'messages',
  'team',
  'system',
] as const;

export const notificationSearch = z.object({
  unread: z.catch(z.optional(z.boolean()), undefined),
  group: z.catch(z.optional(z.enum(NOTIFICATION_GROUPS)), undefined),
});

export type NotificationSearch = z.infer<typeof notificationSearch>;
