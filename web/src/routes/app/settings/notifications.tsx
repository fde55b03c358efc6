import { createFileRoute } from '@tanstack/react-router';

import { preferencesQuery } from '@/features/notifications/api/queries';
import { PreferencesPage } from '@/features/notifications/views/preferences-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/settings/notifications')({
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(preferencesQuery);
    return loadWords('notifications');
  },
  component: PreferencesPage,
});
