import { useMutation, useQueryClient } from '@tanstack/react-query';

import { call } from '@/shared/api/client';

import type { BusinessHours, ComplaintKind, ComplaintView, Wanted, WorkingInterval } from './types';

/** Reads that become stale when a complaint changes. */
export const STALE_AFTER_COMPLAINT = [
  ['complaints'],
  ['orders'],
  ['invoices'],
  ['conversations'],
] as const;

function useRefresh(): () => Promise<unknown> {
  const client = useQueryClient();
  return () =>
    Promise.all(
      STALE_AFTER_COMPLAINT.map((queryKey) =>
        client.invalidateQueries({ queryKey: [...queryKey] }),
      ),
    );
}

export interface NewComplaint {
  order_id: string;
  line_id: string | null;
  kind: ComplaintKind;
  wanted: Wanted;
  text: string;
  attachment_ids: string[];
}

/** Opens a complaint about an order or one of its lines. */
export function useOpenComplaint() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: NewComplaint) => call<ComplaintView>('POST', '/complaints', { body }),
    meta: { showsProblem: true },
    onSuccess: refresh,
  });
}

/** Puts in photographs or papers. */
export function useAddEvidence(complaintId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: { note: string; attachment_ids: string[] }) =>
      call<ComplaintView>('POST', `/complaints/${complaintId}/evidence`, { body }),
    meta: { showsProblem: true },
    onSuccess: refresh,
  });
}

/** Gives a complaint to a colleague. */
export function useAssign(complaintId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: { user_id: string; version: number }) =>
      call<ComplaintView>('PUT', `/complaints/${complaintId}/assignee`, { body }),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

export interface HoursValues {
  time_zone: string;
  week: WorkingInterval[][];
  holidays: string[];
  version: number | null;
}

/** Sets when the organisation works. */
export function useSetHours() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: HoursValues) => call<BusinessHours>('PUT', '/business-hours', { body }),
    meta: { showsProblem: true },
    onSettled: () => client.invalidateQueries({ queryKey: ['complaints', 'hours'] }),
  });
}
