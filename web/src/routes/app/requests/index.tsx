import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { requestsQuery } from '@/features/requests/api/queries';
import { REQUEST_STATES } from '@/features/requests/api/types';
import { RequestList } from '@/features/requests/views/request-list';
import { categoriesQuery } from '@/shared/categories/categories';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch, tableSearch } from '@/shared/ui/data-table/search';

const day = z.catch(z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))), undefined);

const searchSchema = z.extend(tableSearch, {
  state: z.catch(z.optional(z.enum(REQUEST_STATES)), undefined),
  category: z.catch(z.optional(z.string()), undefined),
  visibility: z.catch(z.optional(z.enum(['public', 'invited'])), undefined),
  created_from: day,
  created_to: day,
  due_from: day,
  due_to: day,
});

export const Route = createFileRoute('/app/requests/')({
  validateSearch: searchSchema,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(requestsQuery(deps));
    void context.queryClient.prefetchQuery(categoriesQuery);
    return loadWords('requests', 'status');
  },
  component: Requests,
});

function Requests() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <RequestList
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
      onOpen={(requestId) =>
        void navigate({ to: '/app/requests/$requestId', params: { requestId } })
      }
    />
  );
}
