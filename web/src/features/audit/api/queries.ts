import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import { API_PREFIX } from '@/shared/api/transport';

import { type AuditSearch, toAuditQuery } from '../model/search';

export type AuditEntry = components['schemas']['AuditEntryView'];
export type AuditVerification = components['schemas']['AuditVerification'];

const PEOPLE_MAX = 100;

/** What was done in the organisation, newest first. */
export const auditQuery = (search: AuditSearch) => {
  const filters = toAuditQuery(search);
  return infiniteQueryOptions({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/audit', {
          params: { query: { ...filters, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
};

/** The people whose doings can be asked for. */
export const actorsQuery = (organisationId: string) =>
  queryOptions({
    queryKey: ['team', organisationId, 'actors'],
    queryFn: async ({ signal }) => {
      const { items } = await unwrap(
        api.GET('/api/v1/organisations/{organisation_id}/members', {
          params: { path: { organisation_id: organisationId }, query: { size: PEOPLE_MAX } },
          signal,
        }),
      );
      return items.map(({ user_id, display_name }) => ({ value: user_id, label: display_name }));
    },
  });

/** Recomputes the chain of hashes on the server. */
export function verifyChain(): Promise<AuditVerification> {
  return unwrap(api.GET('/api/v1/audit/verify'));
}

/** Returns the address of the same entries as a file. */
export function exportUrl(search: AuditSearch, format: 'csv' | 'jsonl'): string {
  const query = new URLSearchParams({ format, ...toAuditQuery(search) });
  return `${API_PREFIX}/audit/export?${query.toString()}`;
}
