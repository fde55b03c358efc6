import { createFileRoute } from '@tanstack/react-router';

import { DashboardPage } from '@/features/dashboard/views/dashboard-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/')({
  loader: () => loadWords('dashboard', 'status'),
  component: DashboardPage,
});
