import type { InvoiceDetails, InvoiceListItem } from '../api/types';

/** The state that people are told: a sent invoice may be overdue or partly paid; a credit note is done once sent. */
export function shownState(
  invoice: Pick<InvoiceListItem, 'kind' | 'state' | 'overdue' | 'paid'>,
): string {
  if (invoice.state !== 'sent') return invoice.state;
  if (invoice.kind === 'credit_note') return 'issued';
  if (invoice.overdue) return 'overdue';
  return invoice.paid.amount > 0 ? 'partly_paid' : 'sent';
}

/** Whether money can still be recorded on a document that the reader's organisation issued. */
export function takesPayment(invoice: InvoiceDetails): boolean {
  return (
    invoice.side === 'issued' &&
    invoice.kind === 'invoice' &&
    invoice.state === 'sent' &&
    invoice.due.amount > 0
  );
}

/** Whether the document can still be changed: a draft of the reader's own organisation. */
export function takesChanges(invoice: InvoiceDetails): boolean {
  return invoice.side === 'issued' && invoice.kind === 'invoice' && invoice.state === 'draft';
}

/** Whether a credit note can be written: only the seller corrects, and only what was sent. */
export function takesCredit(invoice: InvoiceDetails): boolean {
  return (
    invoice.side === 'issued' &&
    invoice.kind === 'invoice' &&
    (invoice.state === 'sent' || invoice.state === 'paid') &&
    invoice.credited.amount < invoice.total.amount
  );
}

/** What a receiver would refuse about an electronic document, and on which side it has to be entered. */
export interface MissingPart {
  rule: string;
  detail: string;
  whose: 'ours' | 'theirs' | 'document';
}

/** Reads the facts of a refusal; what is not understood is left out. */
export function missingParts(
  meta: Readonly<Record<string, unknown>>,
  organisationId: string,
): MissingPart[] {
  const missing: unknown = meta['missing'];
  if (!Array.isArray(missing)) return [];
  const parts = missing.flatMap((one: unknown): MissingPart[] => {
    if (typeof one !== 'object' || one === null) return [];
    const { rule, detail, enter_at: place } = one as Record<string, unknown>;
    if (typeof rule !== 'string' || typeof detail !== 'string') return [];
    const isOrganisation = typeof place === 'string' && place.startsWith('/organisations/');
    const whose = !isOrganisation
      ? 'document'
      : place === `/organisations/${organisationId}`
        ? 'ours'
        : 'theirs';
    return [{ rule, detail, whose }];
  });
  return parts.filter(
    (part, index) => parts.findIndex(({ detail }) => detail === part.detail) === index,
  );
}
