import { createFileRoute } from '@tanstack/react-router';

import { profileQuery } from '@/features/profile/api/queries';
import { ProfilePage } from '@/features/profile/views/profile-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/settings/profile')({
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(profileQuery);
    return loadWords('settings', 'validation');
  },
  component: ProfilePage,
});
