import { createFileRoute } from '@tanstack/react-router';

import { moderationSearch } from '@/features/moderation/model/search';
import { ModerationDesk } from '@/features/moderation/views/moderation-desk';
import { ReviewDesk } from '@/features/reviews/views/review-desk';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch, type SearchPatch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/admin/moderation')({
  validateSearch: moderationSearch,
  loader: () => loadWords('moderation', 'reviews', 'problems'),
  component: Moderation,
});

function Moderation() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  const change = (patch: SearchPatch): void =>
    void navigate({ search: (current) => patchSearch(current, patch), replace: true });
  return (
    <ModerationDesk
      search={search}
      onSearch={change}
      reviews={<ReviewDesk search={search} onSearch={change} />}
    />
  );
}
