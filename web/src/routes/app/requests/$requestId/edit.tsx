import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { PublishApproval } from '@/features/approvals/components/request-approval';
import { requestQuery } from '@/features/requests/api/queries';
import { EDITOR_STEPS } from '@/features/requests/api/types';
import { EditRequest } from '@/features/requests/views/edit-request';
import { categoriesQuery } from '@/shared/categories/categories';
import { loadWords } from '@/shared/i18n/i18n';

const searchSchema = z.object({
  step: z.catch(z.optional(z.enum(EDITOR_STEPS)), undefined),
});

export const Route = createFileRoute('/app/requests/$requestId/edit')({
  validateSearch: searchSchema,
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(requestQuery(params.requestId));
    void context.queryClient.prefetchQuery(categoriesQuery);
    return loadWords('requests', 'approvals', 'units', 'validation');
  },
  component: Edit,
});

function Edit() {
  const { requestId } = Route.useParams();
  const { step } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <EditRequest
      requestId={requestId}
      step={step ?? 'what'}
      onStep={(next) => void navigate({ search: { step: next } })}
      onDone={() => void navigate({ to: '/app/requests/$requestId', params: { requestId } })}
      approval={<PublishApproval requestId={requestId} />}
    />
  );
}
