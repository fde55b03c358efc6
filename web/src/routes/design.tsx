import { createFileRoute, notFound } from '@tanstack/react-router';

import { PublicShell } from '@/app/shells/public-shell';
import { DesignPage } from '@/features/design/views/design-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/design')({
  beforeLoad: () => {
    // Built into the test build by VITE_DESIGN=true; otherwise for developers only.
    if (!import.meta.env.DEV && import.meta.env['VITE_DESIGN'] !== 'true') throw notFound();
  },
  loader: () => loadWords('status', 'problems', 'validation'),
  component: Design,
});

function Design() {
  return (
    <PublicShell>
      <DesignPage />
    </PublicShell>
  );
}
