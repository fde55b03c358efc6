import { createFileRoute, Outlet } from '@tanstack/react-router';

import { SettingsShell } from '@/app/shells/settings-shell';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/settings')({
  loader: () => loadWords('settings'),
  component: Settings,
});

function Settings() {
  return (
    <SettingsShell>
      <Outlet />
    </SettingsShell>
  );
}
