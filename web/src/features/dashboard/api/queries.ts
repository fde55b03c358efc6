import { queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';

const SHOWN = 5;
/** The board has own requests too, which are left out after reading. */
const BOARD_READ = 20;
const WORKED_ON_MAX = 50;

/** The organisation's newest requests. */
export const newestRequestsQuery = queryOptions({
  queryKey: ['requests', 'dashboard', 'newest'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/requests', {
        params: { query: { size: SHOWN, sort: '-created_at' } },
        signal,
      }),
    ),
});

/** The organisation's published requests, those whose deadline is nearest or longest over first. */
export const publishedRequestsQuery = queryOptions({
  queryKey: ['requests', 'dashboard', 'published'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/requests', {
        params: {
          query: { state: ['published'], size: WORKED_ON_MAX, sort: 'quotes_due_at' },
        },
        signal,
      }),
    ),
});

/** Open requests of others, those that end soonest first. */
export const closingRequestsQuery = queryOptions({
  queryKey: ['board', 'dashboard'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/board/requests', {
        params: { query: { size: BOARD_READ, sort: 'quotes_due_at' } },
        signal,
      }),
    ),
  select: ({ items }) => items.filter((request) => !request.own).slice(0, SHOWN),
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
        params: { query: { state: ['negotiation', 'contract'], size: WORKED_ON_MAX } },
        signal,
      }),
    ),
});

/** Invoices whose day has passed. */
export const overdueInvoicesQuery = queryOptions({
  queryKey: ['invoices', 'dashboard', 'overdue'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/invoices', { params: { query: { overdue: true, size: SHOWN } }, signal }),
    ),
});

/** How many invoices are sent and not paid, on either side. */
export const unpaidInvoicesQuery = queryOptions({
  queryKey: ['invoices', 'dashboard', 'unpaid'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/invoices', {
        params: { query: { kind: 'invoice', state: ['sent'], size: 1 } },
        signal,
      }),
    ),
  select: ({ total }) => total,
});

/** Own quotes that a buyer's amendment asks to confirm again. */
export const ownQuotesQuery = queryOptions({
  queryKey: ['quotes', 'dashboard'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/quotes', {
        params: { query: { side: 'vendor', state: ['submitted', 'updated'], size: WORKED_ON_MAX } },
        signal,
      }),
    ),
});
