import { Link } from '@tanstack/react-router';
import {
  Bell,
  ClipboardList,
  FileText,
  Handshake,
  Link2,
  type LucideIcon,
  MessageSquare,
  Package,
  ReceiptText,
  Search,
  ShieldCheck,
  ShoppingCart,
  Users,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { safeNext } from '@/shared/session/next';
import { classes } from '@/shared/ui/classes';
import { RelativeTime } from '@/shared/ui/values';

import { type Notification, type NotificationGroup, useMarkRead } from '../api/queries';

const ICONS: Record<NotificationGroup, LucideIcon> = {
  opportunities: Search,
  requests: ClipboardList,
  quotes: FileText,
  approvals: ShieldCheck,
  deals: Handshake,
  orders: ShoppingCart,
  invoices: ReceiptText,
  links: Link2,
  products: Package,
  messages: MessageSquare,
  team: Users,
  system: Bell,
};

interface NotificationRowProps {
  notification: Notification;
  /** Called when it is opened, to close what holds it. */
  onOpen?: () => void;
}

/** One notification: opening it marks it as read and leads to what it is about. */
export function NotificationRow({ notification, onOpen }: NotificationRowProps): ReactNode {
  const { t } = useTranslation('notifications');
  const markRead = useMarkRead();
  const Icon = ICONS[notification.group];
  const isUnread = notification.read_at === null;
  const open = (): void => {
    if (isUnread) markRead.mutate(notification);
    onOpen?.();
  };
  return (
    <Link
      // Links come from the server as paths of this application.
      to={safeNext(notification.link) as '/app'}
      preload={false}
      onClick={open}
      className="flex gap-3 px-4 py-3 -outline-offset-2 hover:bg-hover"
    >
      <span
        className={classes(
          'mt-0.5 inline-flex size-8 shrink-0 items-center justify-center rounded-full',
          isUnread ? 'bg-accent-soft text-on-accent-soft' : 'bg-hover text-muted',
        )}
      >
        <Icon aria-hidden className="size-4" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-start justify-between gap-3">
          <span className={classes('text-body', isUnread && 'font-semibold')}>
            {notification.title}
          </span>
          {isUnread && (
            <span className="mt-1.5 size-2 shrink-0 rounded-full bg-accent">
              <span className="sr-only">{t('unread')}</span>
            </span>
          )}
        </span>
        {notification.body !== '' && (
          <span className="mt-0.5 block text-small whitespace-pre-line text-muted">
            {notification.body}
          </span>
        )}
        <span className="mt-1 block text-small text-muted">
          <RelativeTime value={notification.created_at} />
          {notification.actor_name !== null && <span> · {notification.actor_name}</span>}
        </span>
      </span>
    </Link>
  );
}
