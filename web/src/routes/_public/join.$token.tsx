import { createFileRoute } from '@tanstack/react-router';

import { invitationQuery } from '@/features/links/api/queries';
import { JoinPage } from '@/features/links/views/join-page';
import { loadWords } from '@/shared/i18n/i18n';
import { sessionQuery } from '@/shared/session/session';

export const Route = createFileRoute('/_public/join/$token')({
  loader: async ({ context, params }) => {
    void context.queryClient.prefetchQuery(invitationQuery(params.token));
    // What is offered depends on who looks.
    await context.queryClient.ensureQueryData(sessionQuery).catch(() => null);
    await loadWords('links', 'problems');
  },
  component: Join,
});

function Join() {
  const { token } = Route.useParams();
  return <JoinPage token={token} />;
}
