import { createFileRoute } from '@tanstack/react-router';

import { boardQuestionsQuery } from '@/features/board/api/queries';
import { VendorRequestPage } from '@/features/board/views/vendor-request-page';
import { loadWords } from '@/shared/i18n/i18n';
import { tradeRequestQuery } from '@/shared/trade/request-query';

export const Route = createFileRoute('/app/board/$requestId/')({
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(tradeRequestQuery(params.requestId));
    void context.queryClient.prefetchInfiniteQuery(boardQuestionsQuery(params.requestId));
    return loadWords('board', 'trade', 'units', 'validation');
  },
  component: VendorRequest,
});

function VendorRequest() {
  const { requestId } = Route.useParams();
  return <VendorRequestPage requestId={requestId} />;
}
