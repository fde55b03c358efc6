import { createFileRoute } from '@tanstack/react-router';

import { notificationsQuery } from '@/features/notifications/api/queries';
import { notificationSearch } from '@/features/notifications/model/search';
import { NotificationList } from '@/features/notifications/views/notification-list';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/notifications')({
  validateSearch: notificationSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(notificationsQuery(deps));
    return loadWords('notifications');
  },
  component: Notifications,
});

function Notifications() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <NotificationList
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true })}
    />
  );
}
