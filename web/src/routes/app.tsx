import { createFileRoute, Outlet } from '@tanstack/react-router';

import { requireSession } from '@/app/guard';
import { WorkspaceShell } from '@/app/shells/workspace-shell';
import { NotificationBell } from '@/features/notifications/components/bell';
import { loadWords } from '@/shared/i18n/i18n';
import { useSession } from '@/shared/session/session';

export const Route = createFileRoute('/app')({
  beforeLoad: async ({ context, location }) => ({
    session: await requireSession(context.queryClient, location.href),
  }),
  // Those of errors too: they are needed most when nothing more can be fetched.
  loader: () => loadWords('common', 'status', 'notifications', 'problems'),
  component: Workspace,
});

function Workspace() {
  const { session: atEntry } = Route.useRouteContext();
  // The live session where there is one: a switched organisation or a new name shows at once.
  const session = useSession() ?? atEntry;
  return (
    <WorkspaceShell session={session} bell={<NotificationBell />}>
      <Outlet />
    </WorkspaceShell>
  );
}
