import type { components } from '@/shared/api/schema';
import type { TableSearch } from '@/shared/ui/data-table/search';

type Schemas = components['schemas'];

export type InvoiceListItem = Schemas['InvoiceListItem'];
export type InvoiceDetails = Schemas['InvoiceDetails'];
export type InvoiceState = Schemas['InvoiceState'];
export type EditInvoiceBody = Schemas['EditInvoiceBody'];
export type CreditNoteBody = Schemas['CreditNoteBody'];
export type RecordPaymentBody = Schemas['RecordPaymentBody'];

export const INVOICE_STATES = [
  'draft',
  'sent',
  'paid',
  'void',
] as const satisfies readonly InvoiceState[];
export const INVOICE_KINDS = ['invoice', 'credit_note'] as const;
export const PAYMENT_METHODS = ['bank_transfer', 'cash', 'card', 'other'] as const;

/** What the list of invoices keeps in the URL. */
export interface InvoiceSearch extends TableSearch {
  side?: 'issued' | 'received' | undefined;
  state?: InvoiceState | undefined;
  kind?: (typeof INVOICE_KINDS)[number] | undefined;
  overdue?: boolean | undefined;
}
