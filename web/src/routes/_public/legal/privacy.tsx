import { createFileRoute } from '@tanstack/react-router';

import { LegalPage } from '@/features/legal/views/legal-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/_public/legal/privacy')({
  loader: () => loadWords('legal'),
  component: Privacy,
});

function Privacy() {
  return <LegalPage name="privacy" />;
}
