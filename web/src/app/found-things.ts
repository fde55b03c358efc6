import { queryOptions } from '@tanstack/react-query';
import { ClipboardList, FileText, Handshake, type LucideIcon } from 'lucide-react';

import { api, unwrap } from '@/shared/api/client';

const EACH_MAX = 4;
const RECENT_MAX = 6;

/** A request, quote or deal that the palette leads to. */
export interface FoundThing {
  id: string;
  title: string;
  /** A draft has none yet. */
  number: string | null;
  icon: LucideIcon;
  path: string;
  changedAt: string;
}

/**
 * What of one's own has these words in its number or title; without words, what changed last.
 *
 * @param may says whether the person has a permission, such as `deals:read`.
 */
export const foundThingsQuery = (words: string, may: (permission: string) => boolean) => {
  const kinds = KINDS.filter(({ read }) => may(read));
  return queryOptions({
    // Filed under each list's own name an event would make it stale; it is short-lived instead.
    queryKey: ['palette', words, kinds.map(({ read }) => read)],
    queryFn: async ({ signal }): Promise<FoundThing[]> => {
      const found = await Promise.all(kinds.map(({ find }) => find(words, signal)));
      const things = found.flat().sort((one, other) => (one.changedAt < other.changedAt ? 1 : -1));
      return words === '' ? things.slice(0, RECENT_MAX) : things;
    },
    staleTime: 10_000,
  });
};

interface Kind {
  read: string;
  find: (words: string, signal: AbortSignal) => Promise<FoundThing[]>;
}

const KINDS: readonly Kind[] = [
  {
    read: 'requests:read',
    find: async (words, signal) => {
      const query = { ...asked(words), sort: '-created_at' };
      const { items } = await unwrap(api.GET('/api/v1/requests', { params: { query }, signal }));
      return items.map(({ id, title, number, created_at }) => ({
        id,
        title,
        number,
        icon: ClipboardList,
        path: `/app/requests/${id}`,
        changedAt: created_at,
      }));
    },
  },
  {
    read: 'quotes:read',
    find: async (words, signal) => {
      const query = { ...asked(words), sort: '-updated_at' };
      const { items } = await unwrap(api.GET('/api/v1/quotes', { params: { query }, signal }));
      return items.map(({ id, request, number, updated_at }) => ({
        id,
        title: request.title,
        number,
        icon: FileText,
        path: `/app/quotes/${id}`,
        changedAt: updated_at,
      }));
    },
  },
  {
    read: 'deals:read',
    find: async (words, signal) => {
      const query = { ...asked(words), sort: '-updated_at' };
      const { items } = await unwrap(api.GET('/api/v1/deals', { params: { query }, signal }));
      return items.map(({ id, title, number, updated_at }) => ({
        id,
        title,
        number,
        icon: Handshake,
        path: `/app/deals/${id}`,
        changedAt: updated_at,
      }));
    },
  },
];

function asked(words: string): { size: number; q?: string } {
  return { size: EACH_MAX, ...(words === '' ? {} : { q: words }) };
}
