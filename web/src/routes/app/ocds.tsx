import { createFileRoute } from '@tanstack/react-router';

import { OcdsPage } from '@/features/ocds/views/ocds-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/ocds')({
  loader: () => loadWords('ocds'),
  component: OcdsPage,
});
