import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';

import type { InvoiceListItem, InvoiceSearch } from './types';

const EXPORT_PAGE_SIZE = 100;

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
    ...(page === undefined ? {} : { page }),
    ...(size === undefined ? {} : { size }),
    ...(sort === undefined ? {} : { sort }),
    ...(q === undefined ? {} : { q }),
    ...(side === undefined ? {} : { side }),
    ...(state === undefined ? {} : { state: [state] }),
    ...(kind === undefined ? {} : { kind }),
    ...(overdue === true ? { overdue } : {}),
  };
  return unwrap(api.GET('/api/v1/invoices', { params: { query }, signal: signal ?? null }));
}

/** Every document that matches, page by page, for the export. */
export async function readAllInvoices(search: InvoiceSearch): Promise<InvoiceListItem[]> {
  const rows: InvoiceListItem[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const found = await readPage({ ...search, page, size: EXPORT_PAGE_SIZE });
    rows.push(...found.items);
    pages = found.pages;
  }
  return rows;
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
