import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { quoteQuery } from '@/features/quotes/api/queries';
import { QUOTE_TABS } from '@/features/quotes/api/types';
import { QuotePage } from '@/features/quotes/views/quote-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/quotes/$quoteId/')({
  validateSearch: z.object({ tab: z.catch(z.optional(z.enum(QUOTE_TABS)), undefined) }),
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(quoteQuery(params.quoteId));
    return loadWords('quotes', 'trade', 'units', 'validation');
  },
  component: Quote,
});

function Quote() {
  const { quoteId } = Route.useParams();
  const { tab = 'offer' } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <QuotePage
      quoteId={quoteId}
      tab={tab}
      onTab={(next) =>
        void navigate({ search: next === 'offer' ? {} : { tab: next }, replace: true })
      }
    />
  );
}
