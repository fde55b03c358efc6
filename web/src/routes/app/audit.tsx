import { createFileRoute } from '@tanstack/react-router';

import { auditQuery } from '@/features/audit/api/queries';
import { auditSearch } from '@/features/audit/model/search';
import { AuditPage } from '@/features/audit/views/audit-page';
import { loadWords } from '@/shared/i18n/i18n';
import { useSession } from '@/shared/session/session';
import { patchSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/audit')({
  validateSearch: auditSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(auditQuery(deps));
    return loadWords('audit');
  },
  component: Audit,
});

function Audit() {
  const { session: atEntry } = Route.useRouteContext();
  const session = useSession() ?? atEntry;
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <AuditPage
      organisationId={session.organisation.id}
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
