import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import { readAllPages } from '@/shared/api/pages';

import type { InvoiceListItem, InvoiceSearch } from './types';

/** A page of the invoices and credit notes that the organisation issued or received. */
export const invoicesQuery = (search: InvoiceSearch) =>
  queryOptions({
    queryKey: ['invoices', 'list', search],
    queryFn: ({ signal }) => readPage(search, signal),
    placeholderData: keepPreviousData,
  });

function readPage(search: InvoiceSearch, signal?: AbortSignal) {
  const { page, size, sort, q, side, state, kind, overdue } = search;
  const query = {
    page,
    size,
    sort,
    q,
    side,
    state: state && [state],
    kind,
    ...(overdue === true ? { overdue } : {}),
  };
  return unwrap(api.GET('/api/v1/invoices', { params: { query }, signal: signal ?? null }));
}

/** Every document that matches, page by page, for the export. */
export function readAllInvoices(search: InvoiceSearch): Promise<InvoiceListItem[]> {
  return readAllPages((place) => readPage({ ...search, ...place }));
}

/** A document with its lines, payments and corrections. */
export const invoiceQuery = (invoiceId: string) =>
  queryOptions({
    queryKey: ['invoices', 'one', invoiceId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/invoices/{invoice_id}', {
          params: { path: { invoice_id: invoiceId } },
          signal,
        }),
      ),
  });
