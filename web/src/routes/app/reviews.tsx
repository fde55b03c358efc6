import { createFileRoute } from '@tanstack/react-router';

import { receivedQuery } from '@/features/reviews/api/desk';
import { receivedSearch } from '@/features/reviews/model/received-search';
import { ReceivedPage } from '@/features/reviews/views/received-page';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/reviews')({
  validateSearch: receivedSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(receivedQuery(deps));
    return loadWords('reviews', 'problems');
  },
  component: Received,
});

function Received() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <ReceivedPage
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
