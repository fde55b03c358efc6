import { createFileRoute } from '@tanstack/react-router';

import { jobsSearch } from '@/features/administration/model/search';
import { JobsPage } from '@/features/administration/views/jobs-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/admin/jobs')({
  validateSearch: jobsSearch,
  loader: () => loadWords('admin'),
  component: Jobs,
});

function Jobs() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <JobsPage
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => ({ ...current, ...patch }), replace: true })
      }
    />
  );
}
