import { createFileRoute } from '@tanstack/react-router';

import { hoursQuery } from '@/features/complaints/api/queries';
import { WorkingHours } from '@/features/complaints/views/working-hours';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/settings/working-hours')({
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(hoursQuery());
    return loadWords('complaints', 'problems');
  },
  component: WorkingHours,
});
