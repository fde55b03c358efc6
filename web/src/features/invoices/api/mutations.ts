import { useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import { send } from '@/shared/api/transport';

import type { CreditNoteBody, EditInvoiceBody, RecordPaymentBody } from './types';

function useRefresh(): () => Promise<unknown> {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ['invoices', 'deals', 'dashboard'].map((noun) =>
        client.invalidateQueries({ queryKey: [noun] }),
      ),
    );
}

/** Records money that has reached the seller; parts add up. */
export function useRecordPayment(invoiceId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: RecordPaymentBody) =>
      unwrap(
        api.POST('/api/v1/invoices/{invoice_id}/payments', {
          params: { path: { invoice_id: invoiceId } },
          body,
        }),
      ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Changes a draft; what was sent is never edited. */
export function useEditDraft(invoiceId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: EditInvoiceBody) =>
      unwrap(
        api.PATCH('/api/v1/invoices/{invoice_id}', {
          params: { path: { invoice_id: invoiceId } },
          body,
        }),
      ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Sends a credit note for the whole invoice or for some of its lines. */
export function useCreditInvoice(invoiceId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: CreditNoteBody) =>
      unwrap(
        api.POST('/api/v1/invoices/{invoice_id}/credit-notes', {
          params: { path: { invoice_id: invoiceId } },
          body,
        }),
      ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/**
 * Reads the electronic document.
 *
 * @throws Problem `invoicing.incomplete_for_exchange` with `meta.missing`, where a receiver would refuse it.
 */
export async function readExchangeFile(path: string): Promise<string> {
  const response = await send(new Request(new URL(path, location.origin)));
  return response.text();
}
