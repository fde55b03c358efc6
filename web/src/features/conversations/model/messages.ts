import type { Messages } from '../api/queries';
import type { MessageFeed, MessageView, ReadMark } from '../api/types';

/** Returns all messages that are here, oldest first. */
export function allMessages(data: Messages | undefined): MessageView[] {
  return [...(data?.pages ?? [])].reverse().flatMap((page) => page.items);
}

/** Returns the sequence of the newest message that is here; 0 where there is none. */
export function newestSequence(data: Messages | undefined): number {
  return data?.pages[0]?.items.at(-1)?.sequence ?? 0;
}

/**
 * Puts the newest stretch to what is here.
 *
 * @returns null where messages between the two are missing, so that everything is read anew.
 */
export function withNewest(data: Messages, feed: MessageFeed): Messages | null {
  const [newest, ...older] = data.pages;
  const first = feed.items[0];
  if (newest === undefined) return null;
  if (first !== undefined && first.sequence > newestSequence(data) + 1) return null;
  const known = new Set(data.pages.flatMap((page) => page.items.map(({ id }) => id)));
  const items = [...newest.items, ...feed.items.filter(({ id }) => !known.has(id))].sort(
    (a, b) => a.sequence - b.sequence,
  );
  const page = {
    ...newest,
    items,
    last_sequence: Math.max(newest.last_sequence, feed.last_sequence),
    read_marks: feed.read_marks,
  };
  return { ...data, pages: [page, ...older] };
}

/** Puts one message to what is here, as the answer to having sent it. */
export function withMessage(data: Messages, message: MessageView): Messages {
  const [newest, ...older] = data.pages;
  if (newest === undefined || newest.items.some(({ id }) => id === message.id)) return data;
  const items = [...newest.items, message].sort((a, b) => a.sequence - b.sequence);
  return { ...data, pages: [{ ...newest, items }, ...older] };
}

/** Moves somebody's read mark; it never moves back. */
export function withReadMark(data: Messages, mark: ReadMark): Messages {
  const [newest, ...older] = data.pages;
  if (newest === undefined) return data;
  const others = newest.read_marks.filter(
    (one) => one.user_id !== mark.user_id || one.organisation_id !== mark.organisation_id,
  );
  const before = newest.read_marks.find((one) => !others.includes(one));
  if (before !== undefined && before.last_read_sequence >= mark.last_read_sequence) return data;
  return { ...data, pages: [{ ...newest, read_marks: [...others, mark] }, ...older] };
}

/** Returns how far the other side has read: up to which sequence somebody of theirs has. */
export function readByOthers(data: Messages | undefined, organisationId: string): number {
  const marks = data?.pages[0]?.read_marks ?? [];
  return Math.max(
    0,
    ...marks
      .filter((mark) => mark.organisation_id !== organisationId)
      .map((mark) => mark.last_read_sequence),
  );
}

/** Returns the local day of a moment, for the lines between days. */
export function dayOf(moment: string): string {
  return new Date(moment).toDateString();
}
