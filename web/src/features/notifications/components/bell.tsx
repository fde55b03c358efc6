import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Bell as BellIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { Drawer } from '@/shared/ui/dialog';
import { IconButton } from '@/shared/ui/icon-button';
import { ButtonLink } from '@/shared/ui/link';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';

import { notificationsQuery, unreadCountQuery, useMarkAllRead } from '../api/queries';
import { NotificationRow } from './notification-row';

/** The bell in the top bar: how much is unread, and the latest on demand. */
export function NotificationBell(): ReactNode {
  const { t } = useTranslation('notifications');
  const [isOpen, setIsOpen] = useState(false);
  const { data: count = 0 } = useQuery(unreadCountQuery);
  const markAll = useMarkAllRead();
  const close = (): void => setIsOpen(false);
  return (
    <>
      <IconButton
        icon={BellIcon}
        label={t('title')}
        badge={count}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      />
      <Drawer
        isOpen={isOpen}
        onClose={close}
        title={t('title')}
        text={count > 0 ? t('unread_count', { count }) : t('all_read')}
        footer={
          <>
            {count > 0 && (
              <Button isPending={markAll.isPending} onClick={() => markAll.mutate()}>
                {t('mark_all')}
              </Button>
            )}
            <ButtonLink to="/app/notifications" onClick={close}>
              {t('show_all')}
            </ButtonLink>
          </>
        }
      >
        <Latest onOpen={close} />
      </Drawer>
    </>
  );
}

function Latest({ onOpen }: { onOpen: () => void }): ReactNode {
  const { t } = useTranslation('notifications');
  const query = useInfiniteQuery(notificationsQuery());
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<SkeletonRows />} />;
  const items = data.pages[0]?.items ?? [];
  if (items.length === 0) {
    return <EmptyState icon={BellIcon} title={t('empty')} text={t('empty_text')} />;
  }
  return (
    <ul className="-mx-5 divide-y divide-line border-y border-line">
      {items.map((one) => (
        <li key={one.id}>
          <NotificationRow notification={one} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  );
}
