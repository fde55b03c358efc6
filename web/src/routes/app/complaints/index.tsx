import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { complaintsQuery } from '@/features/complaints/api/queries';
import { COMPLAINT_STATES } from '@/features/complaints/api/types';
import { ComplaintList } from '@/features/complaints/views/complaint-list';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch, tableSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/complaints/')({
  validateSearch: z.extend(tableSearch, {
    side: z.catch(z.optional(z.enum(['buyer', 'seller'])), undefined),
    state: z.catch(z.optional(z.enum(COMPLAINT_STATES)), undefined),
    overdue: z.catch(z.optional(z.enum(['true', 'false'])), undefined),
    mine: z.catch(z.optional(z.enum(['true'])), undefined),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(complaintsQuery(deps));
    return loadWords('complaints', 'trade');
  },
  component: Complaints,
});

function Complaints() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <ComplaintList
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
