import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { AwardApproval } from '@/features/approvals/components/request-approval';
import {
  comparedRequestQuery,
  comparisonQuery,
  type RequestView,
} from '@/features/comparison/api/queries';
import { ComparisonPage } from '@/features/comparison/views/comparison-page';
import { loadWords } from '@/shared/i18n/i18n';

const searchSchema = z.object({
  currency: z.catch(z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))), undefined),
});

export const Route = createFileRoute('/app/requests/$requestId/comparison')({
  validateSearch: searchSchema,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params: { requestId }, deps }) => {
    void context.queryClient.prefetchQuery(comparedRequestQuery(requestId));
    void context.queryClient.prefetchQuery(comparisonQuery(requestId, deps.currency));
    return loadWords('comparison', 'approvals', 'units', 'status', 'validation');
  },
  component: Comparison,
});

function Comparison() {
  const { requestId } = Route.useParams();
  const { currency } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <ComparisonPage
      requestId={requestId}
      currency={currency}
      onCurrency={(next) =>
        void navigate({ search: next === undefined ? {} : { currency: next }, replace: true })
      }
      onAwarded={() => void navigate({ to: '/app/requests/$requestId', params: { requestId } })}
      approval={approvalOf}
    />
  );
}

function approvalOf(request: RequestView) {
  const award = request.approvals?.find(({ purpose }) => purpose === 'award');
  const isOpen = request.state === 'published' || request.state === 'shortlist';
  return award !== undefined && isOpen ? <AwardApproval approvalId={award.id} /> : null;
}
