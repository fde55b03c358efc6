import { createFileRoute } from '@tanstack/react-router';

import { publicRequestQuery } from '@/features/board/api/queries';
import { PublicRequestPage } from '@/features/board/views/public-request-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/_public/requests/$requestId')({
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(publicRequestQuery(params.requestId));
    return loadWords('board', 'trade', 'units');
  },
  component: PublicRequest,
});

function PublicRequest() {
  const { requestId } = Route.useParams();
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <PublicRequestPage requestId={requestId} />
    </div>
  );
}
