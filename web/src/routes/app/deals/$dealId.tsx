import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { Chat } from '@/features/conversations/components/chat';
import { dealQuery } from '@/features/deals/api/queries';
import { DEAL_TABS } from '@/features/deals/api/types';
import { DealPage } from '@/features/deals/views/deal-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/deals/$dealId')({
  validateSearch: z.object({ tab: z.catch(z.optional(z.enum(DEAL_TABS)), undefined) }),
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(dealQuery(params.dealId));
    return loadWords('deals', 'trade', 'units', 'conversations', 'validation', 'problems');
  },
  component: Deal,
});

function Deal() {
  const { dealId } = Route.useParams();
  const { tab } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <DealPage
      dealId={dealId}
      tab={tab}
      onTab={(next) =>
        void navigate({ search: next === 'terms' ? {} : { tab: next }, replace: true })
      }
      renderChat={(threadId) => <Chat key={threadId} threadId={threadId} />}
    />
  );
}
