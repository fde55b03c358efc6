import { createFileRoute } from '@tanstack/react-router';

import { moderationSearch } from '@/features/moderation/model/search';
import { ModerationDesk } from '@/features/moderation/views/moderation-desk';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/admin/moderation')({
  validateSearch: moderationSearch,
  loader: () => loadWords('moderation'),
  component: Moderation,
});

function Moderation() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <ModerationDesk
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
