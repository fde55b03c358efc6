import { createFileRoute } from '@tanstack/react-router';

import { linkQuery } from '@/features/links/api/queries';
import { linkSearch } from '@/features/links/model/search';
import { LinkPage } from '@/features/links/views/link-page';
import { loadWords } from '@/shared/i18n/i18n';

// The buyer's side of a link, so that the navigation shows where they are.
export const Route = createFileRoute('/app/suppliers/$linkId')({
  validateSearch: linkSearch,
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(linkQuery(params.linkId));
    return loadWords('links', 'trade', 'status', 'validation', 'problems');
  },
  component: TradingLink,
});

function TradingLink() {
  const { linkId } = Route.useParams();
  const { tab } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <LinkPage
      linkId={linkId}
      tab={tab}
      onTab={(next) =>
        void navigate({ search: next === 'terms' ? {} : { tab: next }, replace: true })
      }
    />
  );
}
