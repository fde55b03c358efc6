import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { dealsQuery } from '@/features/deals/api/queries';
import { DEAL_STATES } from '@/features/deals/api/types';
import { DealList } from '@/features/deals/views/deal-list';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch, tableSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/deals/')({
  validateSearch: z.extend(tableSearch, {
    side: z.catch(z.optional(z.enum(['buyer', 'vendor'])), undefined),
    state: z.catch(z.optional(z.enum(DEAL_STATES)), undefined),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(dealsQuery(deps));
    return loadWords('deals', 'trade');
  },
  component: Deals,
});

function Deals() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <DealList
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
