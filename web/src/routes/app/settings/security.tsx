import { createFileRoute } from '@tanstack/react-router';

import { devicesQuery } from '@/features/profile/api/queries';
import { SecurityPage } from '@/features/profile/views/security-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/settings/security')({
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(devicesQuery);
    return loadWords('settings', 'validation');
  },
  component: SecurityPage,
});
