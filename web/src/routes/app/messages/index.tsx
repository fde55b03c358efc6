import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { threadsQuery } from '@/features/conversations/api/queries';
import { MessagesPage } from '@/features/conversations/views/messages-page';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch, tableSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/messages/')({
  validateSearch: z.extend(tableSearch, {
    unread: z.catch(z.optional(z.boolean()), undefined),
    thread: z.catch(z.optional(z.string()), undefined),
  }),
  loaderDeps: ({ search }) => ({ ...search, thread: undefined }),
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(threadsQuery(deps));
    return loadWords('conversations', 'problems');
  },
  component: Messages,
});

function Messages() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <MessagesPage
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
