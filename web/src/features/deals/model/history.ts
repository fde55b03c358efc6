import type { Tone } from '@/shared/ui/status-tones';

import type { DealView } from '../api/types';

/** Something that happened to a deal; `name`, `side` and `number` fill the words in. */
export interface DealEvent {
  id: string;
  kind:
    'opened' | 'proposed' | 'signed' | 'contract' | 'invoiced' | 'paid' | 'archived' | 'cancelled';
  at: string;
  tone: Tone;
  name?: string;
  number?: string;
  note?: string;
}

/** What happened to a deal, newest first, out of what the deal itself says. */
export function dealHistory(deal: DealView): DealEvent[] {
  const events: DealEvent[] = [
    { id: 'opened', kind: 'opened', at: deal.created_at, tone: 'open', number: deal.quote_number },
    ...deal.terms_versions
      .filter(({ number }) => number > 1)
      .map((terms) => ({
        id: `terms-${String(terms.number)}`,
        kind: 'proposed' as const,
        at: terms.created_at,
        tone: 'waiting' as const,
        name: terms.proposed_by_name,
        number: String(terms.number),
        note: terms.note,
      })),
    ...deal.signatures.map((signature) => ({
      id: `signed-${signature.side}-${String(signature.terms_number)}`,
      kind: 'signed' as const,
      at: signature.signed_at,
      tone: 'open' as const,
      name: signature.signed_by_name,
      number: String(signature.terms_number),
    })),
  ];
  const add = (
    kind: DealEvent['kind'],
    at: string | null | undefined,
    tone: Tone,
    number?: string,
  ) => {
    if (at != null)
      events.push({ id: kind, kind, at, tone, ...(number === undefined ? {} : { number }) });
  };
  add('contract', deal.signed_at, 'done');
  add('invoiced', deal.invoice?.sent_at, 'waiting', deal.invoice?.number ?? '');
  add('paid', deal.paid_at, 'done');
  add('archived', deal.archived_at, 'draft');
  if (deal.state === 'cancelled') add('cancelled', deal.updated_at, 'stopped');
  // What happened at the same moment stays in the order of the deal's course.
  return events
    .map((event, index) => ({ event, index }))
    .sort((a, b) => b.event.at.localeCompare(a.event.at) || b.index - a.index)
    .map(({ event }) => event);
}
