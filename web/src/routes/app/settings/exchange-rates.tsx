import { createFileRoute } from '@tanstack/react-router';

import { ratesQuery } from '@/features/organisation/api/queries';
import { RatesPage } from '@/features/organisation/views/rates-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/settings/exchange-rates')({
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(ratesQuery);
    return loadWords('settings', 'validation');
  },
  component: RatesPage,
});
