import type { components } from '@/shared/api/schema';

type Schemas = components['schemas'];

export interface Sources {
  approvals: readonly Schemas['ApprovalView'][];
  requests: readonly Schemas['RequestSummary'][];
  deals: readonly Schemas['DealListItem'][];
  invoices: readonly { id: string; number: string | null }[];
  quotes: readonly Schemas['QuoteSummary'][];
}

export type WaitingKind =
  'approval' | 'questions' | 'decide' | 'sign' | 'invoice' | 'overdue' | 'reconfirm';

/** Something that the reader could do now; `label` is what people call its subject. */
export interface Waiting {
  kind: WaitingKind;
  id: string;
  label: string;
  path: string;
}

/** What waits, the most pressing kind first. */
export function waitingOf(sources: Sources, now: number): Waiting[] {
  const { approvals, requests, deals, invoices, quotes } = sources;
  const isOver = (due: string | null) => due !== null && Date.parse(due) <= now;
  return [
    ...approvals.map((one) => ({
      kind: 'approval' as const,
      id: one.id,
      label: labelOf(one.summary),
      path: '/app/approvals',
    })),
    ...deals
      .filter((one) => one.actions.some((action) => action.name === 'sign'))
      .map((one) => ({
        kind: 'sign' as const,
        id: one.id,
        label: `${one.number} · ${one.title}`,
        path: `/app/deals/${one.id}`,
      })),
    ...quotes
      .filter((one) => one.needs_reconfirm)
      .map((one) => ({
        kind: 'reconfirm' as const,
        id: one.id,
        label: `${one.number} · ${one.request.title}`,
        path: `/app/quotes/${one.id}`,
      })),
    ...requests
      .filter((one) => one.state === 'published' && isOver(one.quotes_due_at))
      .map((one) => ({
        kind: 'decide' as const,
        id: one.id,
        label: one.title,
        path: `/app/requests/${one.id}/comparison`,
      })),
    ...requests
      .filter((one) => one.questions_waiting > 0)
      .map((one) => ({
        kind: 'questions' as const,
        id: one.id,
        label: one.title,
        path: `/app/requests/${one.id}?tab=questions`,
      })),
    ...deals
      .filter((one) => one.side === 'vendor' && one.state === 'contract')
      .map((one) => ({
        kind: 'invoice' as const,
        id: one.id,
        label: `${one.number} · ${one.title}`,
        path: `/app/deals/${one.id}`,
      })),
    ...invoices.map((one) => ({
      kind: 'overdue' as const,
      id: one.id,
      label: one.number ?? '',
      path: `/app/invoices/${one.id}`,
    })),
  ];
}

function labelOf(summary: Record<string, unknown>): string {
  const parts = [summary.label, summary.title].filter((part) => typeof part === 'string');
  return [...new Set(parts)].join(' · ');
}
