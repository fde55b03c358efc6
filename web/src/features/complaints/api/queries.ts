import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import { readAllPages } from '@/shared/api/pages';

import type { ComplaintListItem, ComplaintSearch } from './types';

const SHOWN_MAX = 100;

/** A page of the organisation's complaints. */
export const complaintsQuery = (search: ComplaintSearch) =>
  queryOptions({
    queryKey: ['complaints', 'list', search],
    queryFn: ({ signal }) => readPage(search, signal),
    placeholderData: keepPreviousData,
  });

function readPage(search: ComplaintSearch, signal?: AbortSignal) {
  const { page, size, sort, q, side, state, overdue, mine } = search;
  const query = {
    page,
    size,
    sort,
    q,
    side,
    state: state && [state],
    overdue: overdue && overdue === 'true',
    mine: mine && true,
  };
  return unwrap(api.GET('/api/v1/complaints', { params: { query }, signal: signal ?? null }));
}

/** Every complaint that matches, page by page, for the export. */
export function readAllComplaints(search: ComplaintSearch): Promise<ComplaintListItem[]> {
  return readAllPages((place) => readPage({ ...search, ...place }));
}

/** The complaints about one order. */
export const orderComplaintsQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['complaints', 'order', orderId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/complaints', {
          params: { query: { order_id: orderId, size: SHOWN_MAX } },
          signal,
        }),
      ),
  });

/** A complaint with its history and evidence. */
export const complaintQuery = (complaintId: string) =>
  queryOptions({
    queryKey: ['complaints', 'one', complaintId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/complaints/{complaint_id}', {
          params: { path: { complaint_id: complaintId } },
          signal,
        }),
      ),
  });

/** How the organisation answers its buyers. */
export const statisticsQuery = () =>
  queryOptions({
    queryKey: ['complaints', 'statistics'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/complaints/statistics', { signal })),
  });

/** When the organisation works. */
export const hoursQuery = () =>
  queryOptions({
    queryKey: ['complaints', 'hours'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/business-hours', { signal })),
  });

/** Colleagues who may be given a complaint; the server refuses those who may not answer. */
export const colleaguesQuery = (organisationId: string) =>
  queryOptions({
    queryKey: ['team', organisationId, 'colleagues'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/organisations/{organisation_id}/members', {
          params: {
            path: { organisation_id: organisationId },
            query: { size: SHOWN_MAX },
          },
          signal,
        }),
      ),
  });
