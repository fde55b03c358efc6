import * as z from 'zod/mini';

/** What actions are done to, as the first part of their names. */
export const AUDIT_NOUNS = [
  'request',
  'quote',
  'deal',
  'invoice',
  'approval',
  'approval_rules',
  'question',
  'request_template',
  'exchange_rates',
  'order',
  'standing_order',
  'complaint',
  'product',
  'product_import',
  'price_list',
  'price_import',
  'review',
  'stock_location',
  'link',
  'link-invitation',
  'organisation',
  'member',
  'invite',
  'user',
  'session',
  'password',
  'media',
  'ocds',
  'audit',
] as const;

const day = z.catch(z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))), undefined);
const text = z.catch(z.optional(z.string()), undefined);

export const auditSearch = z.object({
  q: text,
  action: text,
  actor: z.catch(z.optional(z.uuid()), undefined),
  from: day,
  to: day,
  /** The sequence of the entry that is open. */
  entry: z.catch(z.optional(z.int()), undefined),
});

export type AuditSearch = z.infer<typeof auditSearch>;

export interface AuditQuery {
  text?: string;
  action?: string;
  actor?: string;
  from?: string;
  to?: string;
}

/** Turns what the URL says into what the API filters by: days of the reader's calendar into moments, both inclusive. */
export function toAuditQuery({ q, action, actor, from, to }: AuditSearch): AuditQuery {
  return {
    ...(q === undefined ? {} : { text: q }),
    ...(action === undefined ? {} : { action }),
    ...(actor === undefined ? {} : { actor }),
    ...(from === undefined ? {} : { from: startOfDay(from, 0) }),
    ...(to === undefined ? {} : { to: startOfDay(to, 1) }),
  };
}

function startOfDay(value: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = value.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}
