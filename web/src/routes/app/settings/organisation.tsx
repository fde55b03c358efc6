import { createFileRoute } from '@tanstack/react-router';

import { organisationQuery } from '@/features/organisation/api/queries';
import { organisationSearch } from '@/features/organisation/model/search';
import { OrganisationPage } from '@/features/organisation/views/organisation-page';
import { categoriesQuery } from '@/shared/categories/categories';
import { loadWords } from '@/shared/i18n/i18n';
import { useSession } from '@/shared/session/session';

export const Route = createFileRoute('/app/settings/organisation')({
  validateSearch: organisationSearch,
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(organisationQuery(context.session.organisation.id));
    void context.queryClient.prefetchQuery(categoriesQuery);
    return loadWords('settings', 'validation');
  },
  component: OrganisationSettings,
});

function OrganisationSettings() {
  const { session: atEntry } = Route.useRouteContext();
  const session = useSession() ?? atEntry;
  const { tab } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <OrganisationPage
      organisationId={session.organisation.id}
      tab={tab ?? 'profile'}
      onTab={(next) => void navigate({ search: { tab: next }, replace: true })}
    />
  );
}
