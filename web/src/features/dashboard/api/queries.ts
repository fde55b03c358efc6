import { queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';

const SHOWN = 5;

/** The organisation's newest requests. */
export const newestRequestsQuery = queryOptions({
  queryKey: ['requests', 'dashboard'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/requests', {
        params: { query: { size: SHOWN, sort: '-created_at' } },
        signal,
      }),
    ),
});

/** Open requests, those that end soonest first. */
export const closingRequestsQuery = queryOptions({
  queryKey: ['board', 'dashboard'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/board/requests', {
        params: { query: { size: SHOWN, sort: 'quotes_due_at' } },
        signal,
      }),
    ),
});

/** Approvals that wait for the reader. */
export const approvalsToDecideQuery = queryOptions({
  queryKey: ['approvals', 'dashboard'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/approvals', { params: { query: { mine: true, size: SHOWN } }, signal }),
    ),
});

/** Deals that go on. */
export const openDealsQuery = queryOptions({
  queryKey: ['deals', 'dashboard'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/deals', {
        params: { query: { state: ['negotiation', 'contract'], size: 20 } },
        signal,
      }),
    ),
});

/** Invoices whose day has passed. */
export const overdueInvoicesQuery = queryOptions({
  queryKey: ['invoices', 'dashboard'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/invoices', { params: { query: { overdue: true, size: SHOWN } }, signal }),
    ),
});

/** Own quotes that a buyer's amendment asks to confirm again. */
export const ownQuotesQuery = queryOptions({
  queryKey: ['quotes', 'dashboard'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/quotes', {
        params: { query: { side: 'vendor', state: ['submitted', 'updated'], size: 50 } },
        signal,
      }),
    ),
});
