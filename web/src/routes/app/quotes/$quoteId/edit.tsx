import { createFileRoute } from '@tanstack/react-router';

import { quoteQuery } from '@/features/quotes/api/queries';
import { EditQuote } from '@/features/quotes/views/quote-editor';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/quotes/$quoteId/edit')({
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(quoteQuery(params.quoteId));
    return loadWords('quotes', 'trade', 'units', 'validation', 'problems');
  },
  component: Editor,
});

function Editor() {
  const { quoteId } = Route.useParams();
  return <EditQuote quoteId={quoteId} />;
}
