import { createFileRoute } from '@tanstack/react-router';

import { invitePreviewQuery } from '@/features/team/api/queries';
import { InvitePage } from '@/features/team/views/invite-page';
import { loadWords } from '@/shared/i18n/i18n';
import { sessionQuery } from '@/shared/session/session';

export const Route = createFileRoute('/_public/invite/$token')({
  loader: async ({ context, params }) => {
    void context.queryClient.prefetchQuery(invitePreviewQuery(params.token));
    // Which form is shown depends on who looks.
    await context.queryClient.ensureQueryData(sessionQuery).catch(() => null);
    await loadWords('team', 'validation');
  },
  component: Invite,
});

function Invite() {
  const { token } = Route.useParams();
  return <InvitePage token={token} />;
}
