import type { Session } from '@/shared/api/types';

const NAME = 'karavan-session';

/** Who acts for whom: another person or another organisation is another identity; null for a visitor. */
export function identityOf(session: Session | null | undefined): string | null {
  return session == null ? null : `${session.user.id}@${session.organisation.id}`;
}

let channel: BroadcastChannel | null = null;

function open(): BroadcastChannel | null {
  if (channel === null && typeof BroadcastChannel !== 'undefined') {
    channel = new BroadcastChannel(NAME);
  }
  return channel;
}

/** Tells the browser's other tabs who is signed in now: they share the cookies, and with them the organisation. */
export function announceIdentity(identity: string | null): void {
  open()?.postMessage(identity);
}

/** Hears from other tabs who is signed in now. Returns what ends it. */
export function onIdentityElsewhere(listener: (identity: string | null) => void): () => void {
  const opened = open();
  const hear = ({ data }: MessageEvent<unknown>): void =>
    listener(typeof data === 'string' ? data : null);
  opened?.addEventListener('message', hear);
  return () => opened?.removeEventListener('message', hear);
}
