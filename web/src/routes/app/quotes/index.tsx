import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { quotesQuery } from '@/features/quotes/api/queries';
import { QUOTE_STATES } from '@/features/quotes/api/types';
import { QuoteList } from '@/features/quotes/views/quote-list';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch, tableSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/quotes/')({
  validateSearch: z.extend(tableSearch, {
    side: z.catch(z.optional(z.enum(['vendor', 'buyer'])), undefined),
    state: z.catch(z.optional(z.enum(QUOTE_STATES)), undefined),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(quotesQuery(deps));
    return loadWords('quotes', 'trade');
  },
  component: Quotes,
});

function Quotes() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <QuoteList
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
