import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { complaintQuery } from '@/features/complaints/api/queries';
import { COMPLAINT_TABS } from '@/features/complaints/api/types';
import { ComplaintPage } from '@/features/complaints/views/complaint-page';
import { Chat } from '@/features/conversations/components/chat';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/complaints/$complaintId')({
  validateSearch: z.object({ tab: z.catch(z.optional(z.enum(COMPLAINT_TABS)), undefined) }),
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(complaintQuery(params.complaintId));
    return loadWords('complaints', 'conversations', 'validation', 'problems');
  },
  component: Complaint,
});

function Complaint() {
  const { complaintId } = Route.useParams();
  const { tab } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <ComplaintPage
      complaintId={complaintId}
      tab={tab}
      onTab={(next) =>
        void navigate({ search: next === 'history' ? {} : { tab: next }, replace: true })
      }
      renderChat={(threadId) => <Chat key={threadId} threadId={threadId} />}
    />
  );
}
