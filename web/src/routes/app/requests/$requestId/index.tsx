import { createFileRoute } from '@tanstack/react-router';
import { useState } from 'react';
import * as z from 'zod/mini';

import { AwardApproval, PublishApproval } from '@/features/approvals/components/request-approval';
import { ImportedHistory } from '@/features/ocds/components/imported-history';
import { requestQuery } from '@/features/requests/api/queries';
import { REQUEST_TABS, type RequestView } from '@/features/requests/api/types';
import { RequestPage } from '@/features/requests/views/request-page';
import { SaveTemplateDialog } from '@/features/templates/components/save-template-dialog';
import { categoriesQuery } from '@/shared/categories/categories';
import { loadWords } from '@/shared/i18n/i18n';

const searchSchema = z.object({
  tab: z.catch(z.optional(z.enum(REQUEST_TABS)), undefined),
});

export const Route = createFileRoute('/app/requests/$requestId/')({
  validateSearch: searchSchema,
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(requestQuery(params.requestId));
    void context.queryClient.prefetchQuery(categoriesQuery);
    return loadWords('requests', 'ocds', 'approvals', 'templates', 'units', 'status', 'validation');
  },
  component: OneRequest,
});

function OneRequest() {
  const { requestId } = Route.useParams();
  const { tab } = Route.useSearch();
  const navigate = Route.useNavigate();
  const [kept, setKept] = useState<RequestView | null>(null);
  return (
    <>
      <RequestPage
        requestId={requestId}
        tab={tab ?? 'overview'}
        onTab={(next) =>
          void navigate({ search: next === 'overview' ? {} : { tab: next }, replace: true })
        }
        onCopied={(id) =>
          void navigate({ to: '/app/requests/$requestId/edit', params: { requestId: id } })
        }
        onDeleted={() => void navigate({ to: '/app/requests', replace: true })}
        onSaveTemplate={setKept}
        approval={approvalOf}
        imported={importedOf}
      />
      <SaveTemplateDialog request={kept} onClose={() => setKept(null)} />
    </>
  );
}

function importedOf(request: RequestView) {
  return request.ocid === null ? null : <ImportedHistory requestId={request.id} />;
}

function approvalOf(request: RequestView) {
  if (request.state === 'draft') return <PublishApproval requestId={request.id} />;
  const award = request.approvals?.find(({ purpose }) => purpose === 'award');
  const isDecided = request.state === 'closed' || request.state === 'cancelled';
  if (award === undefined || isDecided || request.state === 'awarded') return null;
  return <AwardApproval approvalId={award.id} />;
}
