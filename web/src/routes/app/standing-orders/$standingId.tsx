import { createFileRoute } from '@tanstack/react-router';

import { standingOrderQuery } from '@/features/orders/api/queries';
import { StandingPage } from '@/features/orders/views/standing-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/standing-orders/$standingId')({
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(standingOrderQuery(params.standingId));
    return loadWords('orders', 'problems');
  },
  component: Standing,
});

function Standing() {
  const { standingId } = Route.useParams();
  return <StandingPage standingId={standingId} />;
}
