import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import { readAllPages } from '@/shared/api/pages';
import type { TableSearch } from '@/shared/ui/data-table/search';

import type { BuyerSearch, LinkListItem, LinkState, SupplierSearch } from './types';

const MEMBERS_MAX = 100;
const PRICE_LISTS_MAX = 100;
const DECIDED: LinkState[] = ['accepted', 'denied', 'blocked', 'withdrawn', 'left'];

type Direction = 'incoming' | 'outgoing';

interface Wanted extends TableSearch {
  states?: LinkState[];
}

function readLinks(direction: Direction, wanted: Wanted, signal?: AbortSignal) {
  const { page, size, sort, q, states } = wanted;
  const query = {
    page,
    size,
    sort,
    q,
    state: states,
  };
  const options = { params: { query }, signal: signal ?? null };
  return direction === 'incoming'
    ? unwrap(api.GET('/api/v1/links/incoming', options))
    : unwrap(api.GET('/api/v1/links/outgoing', options));
}

const linksQuery = (direction: Direction, wanted: Wanted) =>
  queryOptions({
    queryKey: ['links', direction, wanted],
    queryFn: ({ signal }) => readLinks(direction, wanted, signal),
    placeholderData: keepPreviousData,
  });

function ofTable({ page, size, sort, q }: TableSearch): Wanted {
  return { page, size, sort, q };
}

function outgoing({ state, ...search }: SupplierSearch): Wanted {
  return { ...ofTable(search), states: state && [state] };
}

function decided({ state, ...search }: BuyerSearch): Wanted {
  return { ...ofTable(search), states: state === undefined ? DECIDED : [state] };
}

/** Links that the organisation asked for. */
export const mySuppliersQuery = (search: SupplierSearch) =>
  linksQuery('outgoing', outgoing(search));

/** Links with buyers, but for the requests that wait. */
export const myBuyersQuery = (search: BuyerSearch) => linksQuery('incoming', decided(search));

/** Requests of buyers that wait for an answer, the oldest first. */
export const waitingQuery = (search: TableSearch) =>
  linksQuery('incoming', { ...ofTable(search), sort: 'created_at', states: ['pending'] });

function readAll(direction: Direction, wanted: Wanted): Promise<LinkListItem[]> {
  return readAllPages((place) => readLinks(direction, { ...wanted, ...place }));
}

/** Every link that the organisation asked for, page by page, for the export. */
export const readAllSuppliers = (search: SupplierSearch) => readAll('outgoing', outgoing(search));

/** Every decided link with a buyer, for the export. */
export const readAllBuyers = (search: BuyerSearch) => readAll('incoming', decided(search));

/** A page of the directory of companies that sell, with how the organisation stands to each. */
export const directoryQuery = ({ page, size, q, country, category }: SupplierSearch) =>
  queryOptions({
    queryKey: ['links', 'directory', { page, size, q, country, category }],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/links/suppliers', {
          params: {
            query: {
              page,
              size,
              q,
              country,
              category,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** A link with its terms and history. */
export const linkQuery = (linkId: string) =>
  queryOptions({
    queryKey: ['links', 'one', linkId],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/links/{link_id}', { params: { path: { link_id: linkId } }, signal })),
  });

/** Invitations for buyers, the latest first. */
export const invitationsQuery = ({ page, size }: TableSearch) =>
  queryOptions({
    queryKey: ['links', 'invitations', { page, size }],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/link-invitations', {
          params: {
            query: {
              page,
              size,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** What whoever holds an invitation may know. */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['links', 'invitation', token],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/link-invitations/{token}', { params: { path: { token } }, signal })),
    retry: false,
  });

/** Colleagues, of whom one may look after a buyer. */
export const colleaguesQuery = (organisationId: string) =>
  queryOptions({
    queryKey: ['team', organisationId, 'representatives'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/organisations/{organisation_id}/members', {
          params: { path: { organisation_id: organisationId }, query: { size: MEMBERS_MAX } },
          signal,
        }),
      ),
  });

/** The supplier's price lists, to grant one of them. */
export const priceListsQuery = queryOptions({
  queryKey: ['price-lists', 'choices'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/price-lists', { params: { query: { size: PRICE_LISTS_MAX } }, signal }),
    ),
});
