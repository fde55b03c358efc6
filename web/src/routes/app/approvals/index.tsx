import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { approvalsQuery } from '@/features/approvals/api/queries';
import { APPROVAL_TABS } from '@/features/approvals/api/types';
import { ApprovalList } from '@/features/approvals/views/approval-list';
import { loadWords } from '@/shared/i18n/i18n';
import { useCan } from '@/shared/session/session';
import { patchSearch, tableSearch } from '@/shared/ui/data-table/search';

const searchSchema = z.extend(tableSearch, {
  tab: z.catch(z.optional(z.enum(APPROVAL_TABS)), undefined),
});

export const Route = createFileRoute('/app/approvals/')({
  validateSearch: searchSchema,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps: { tab, ...table } }) => {
    void context.queryClient.prefetchQuery(approvalsQuery(tab ?? 'mine', table));
    return loadWords('approvals', 'status');
  },
  component: Approvals,
});

function Approvals() {
  const { tab, ...search } = Route.useSearch();
  const navigate = Route.useNavigate();
  // Whoever decides nothing wants to know how their own asking stands.
  const first = useCan()('approvals:decide') ? 'mine' : 'asked';
  return (
    <ApprovalList
      tab={tab ?? first}
      onTab={(next) => void navigate({ search: { tab: next }, replace: true })}
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
