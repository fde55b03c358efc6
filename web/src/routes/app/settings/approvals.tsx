import { createFileRoute } from '@tanstack/react-router';

import { rulesQuery } from '@/features/approvals/api/queries';
import { RulesPage } from '@/features/approvals/views/rules-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/settings/approvals')({
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(rulesQuery);
    return loadWords('approvals', 'validation');
  },
  component: RulesPage,
});
