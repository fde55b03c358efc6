/** What the colours of states mean everywhere: grey draft, blue open, amber waiting, green done, red stopped. */
export type Tone = 'draft' | 'open' | 'waiting' | 'done' | 'stopped';

const TONES = {
  request: {
    draft: 'draft',
    published: 'open',
    shortlist: 'waiting',
    awarded: 'done',
    closed: 'done',
    cancelled: 'stopped',
  },
  quote: {
    submitted: 'open',
    updated: 'open',
    standby: 'waiting',
    accepted: 'done',
    rejected: 'stopped',
    withdrawn: 'stopped',
    expired: 'stopped',
  },
  deal: {
    negotiation: 'waiting',
    contract: 'open',
    invoiced: 'waiting',
    paid: 'done',
    archived: 'draft',
    cancelled: 'stopped',
  },
  invoice: {
    draft: 'draft',
    sent: 'waiting',
    partly_paid: 'waiting',
    overdue: 'stopped',
    paid: 'done',
    void: 'stopped',
  },
  approval: { pending: 'waiting', approved: 'done', rejected: 'stopped', void: 'draft' },
  product: {
    draft: 'draft',
    proposed: 'waiting',
    published: 'done',
    rejected: 'stopped',
    archived: 'draft',
  },
  order: {
    pending: 'waiting',
    confirmed: 'open',
    processing: 'open',
    shipped: 'open',
    delivered: 'waiting',
    completed: 'done',
    rejected: 'stopped',
    cancelled: 'stopped',
    refunded: 'draft',
  },
  complaint: {
    open: 'open',
    answered: 'waiting',
    escalated: 'stopped',
    resolved: 'done',
    withdrawn: 'draft',
  },
  standing_order: { active: 'done', paused: 'waiting', ended: 'draft' },
  invite: { pending: 'waiting', accepted: 'done', expired: 'stopped', revoked: 'stopped' },
  link: {
    pending: 'waiting',
    accepted: 'done',
    denied: 'stopped',
    blocked: 'stopped',
    withdrawn: 'draft',
    left: 'draft',
  },
  link_invitation: { open: 'open', used_up: 'done', expired: 'stopped', revoked: 'stopped' },
  import: {
    reading: 'open',
    draft: 'draft',
    checking: 'open',
    checked: 'waiting',
    running: 'open',
    finished: 'done',
    failed: 'stopped',
    cancelled: 'stopped',
  },
  member: { active: 'done', blocked: 'stopped' },
} as const satisfies Record<string, Record<string, Tone>>;

export type StatusNoun = keyof typeof TONES;

/** Returns the colour of a state; grey for one that is not known here yet. */
export function statusTone(noun: StatusNoun, status: string): Tone {
  const tones: Record<string, Tone> = TONES[noun];
  return tones[status] ?? 'draft';
}

/** All states that have a colour, for the proof that each has its words. */
export function statusesByNoun(): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(TONES).map(([noun, tones]) => [noun, Object.keys(tones)]),
  );
}
