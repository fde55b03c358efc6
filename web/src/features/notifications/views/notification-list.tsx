import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Bell, CheckCheck, SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/choice';
import { Feed } from '@/shared/ui/feed';
import { FilterBar } from '@/shared/ui/filter-bar';
import { ButtonLink } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';

import { notificationsQuery, unreadCountQuery, useMarkAllRead } from '../api/queries';
import { NotificationRow } from '../components/notification-row';
import { NOTIFICATION_GROUPS, type NotificationSearch } from '../model/search';

interface NotificationListProps {
  search: NotificationSearch;
  onSearch: (search: NotificationSearch) => void;
}

/** Everything the person was told in this organisation. */
export function NotificationList({ search, onSearch }: NotificationListProps): ReactNode {
  const { t } = useTranslation('notifications');
  const query = useInfiniteQuery(notificationsQuery(search));
  const { data: count = 0 } = useQuery(unreadCountQuery);
  const markAll = useMarkAllRead();
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        text={count > 0 ? t('unread_count', { count }) : t('all_read')}
        actions={
          <>
            <ButtonLink to="/app/settings/notifications">
              <SlidersHorizontal aria-hidden className="size-4" />
              {t('preferences.open')}
            </ButtonLink>
            <Button
              variant="primary"
              icon={CheckCheck}
              disabled={count === 0}
              isPending={markAll.isPending}
              onClick={() => markAll.mutate()}
            >
              {t('mark_all')}
            </Button>
          </>
        }
      />
      <Feed
        query={query}
        isFiltered={search.unread === true || search.group !== undefined}
        onReset={() => onSearch({})}
        empty={<EmptyState icon={Bell} title={t('empty')} text={t('empty_text')} />}
        filters={
          <>
            <FilterBar
              hasSearch={false}
              onSearch={({ group }) =>
                onSearch({
                  ...search,
                  group: NOTIFICATION_GROUPS.find((one) => one === group),
                })
              }
              filters={[
                {
                  name: 'group',
                  label: t('about'),
                  value: search.group,
                  choices: NOTIFICATION_GROUPS.map((value) => ({
                    value,
                    label: t(`groups.${value}`),
                  })),
                },
              ]}
            />
            <Checkbox
              label={t('only_unread')}
              isChecked={search.unread === true}
              onChange={(unread) => onSearch({ ...search, unread: unread || undefined })}
            />
          </>
        }
      >
        {(items) => (
          <ul className="divide-y divide-line">
            {items.map((one) => (
              <li key={one.id}>
                <NotificationRow notification={one} />
              </li>
            ))}
          </ul>
        )}
      </Feed>
    </PageBody>
  );
}
