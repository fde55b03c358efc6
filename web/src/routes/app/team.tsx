import { createFileRoute } from '@tanstack/react-router';

import { membersQuery } from '@/features/team/api/queries';
import { teamSearch } from '@/features/team/model/search';
import { TeamPage } from '@/features/team/views/team-page';
import { loadWords } from '@/shared/i18n/i18n';
import { useSession } from '@/shared/session/session';
import { patchSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/team')({
  validateSearch: teamSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(membersQuery(context.session.organisation.id, deps));
    return loadWords('team', 'validation');
  },
  component: Team,
});

function Team() {
  const { session: atEntry } = Route.useRouteContext();
  const session = useSession() ?? atEntry;
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <TeamPage
      session={session}
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
