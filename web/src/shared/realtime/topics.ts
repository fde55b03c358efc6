import type { QueryKey } from '@tanstack/react-query';

/** The noun of an event, such as `request` of `request.published`, and the reads it makes stale. */
export type QueriesByTopic = Readonly<Record<string, readonly QueryKey[]>>;

/** One event of the stream. */
export interface StreamEvent {
  id: string | null;
  /** `noun.past_tense`, such as `quote.submitted`. */
  name: string;
  data: unknown;
}

/** Returns the query keys that an event makes stale: its full name counts before its noun. */
export function staleKeys(name: string, queries: QueriesByTopic): readonly QueryKey[] {
  const noun = name.split('.')[0] ?? name;
  return queries[name] ?? queries[noun] ?? [];
}
