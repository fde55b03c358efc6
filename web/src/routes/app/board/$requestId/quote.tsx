import { createFileRoute } from '@tanstack/react-router';

import { NewQuote } from '@/features/quotes/views/quote-editor';
import { loadWords } from '@/shared/i18n/i18n';
import { tradeRequestQuery } from '@/shared/trade/request-query';

export const Route = createFileRoute('/app/board/$requestId/quote')({
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(tradeRequestQuery(params.requestId));
    return loadWords('quotes', 'trade', 'units', 'validation', 'problems');
  },
  component: Editor,
});

function Editor() {
  const { requestId } = Route.useParams();
  return <NewQuote requestId={requestId} />;
}
