import { createFileRoute } from '@tanstack/react-router';

import { boardFacetsQuery, boardQuery } from '@/features/board/api/queries';
import { boardSearch } from '@/features/board/model/search';
import { BoardView } from '@/features/board/views/board-view';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/board/')({
  validateSearch: boardSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(boardQuery(deps));
    void context.queryClient.prefetchQuery(boardFacetsQuery(deps));
    return loadWords('board', 'trade', 'validation');
  },
  component: Board,
});

function Board() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <BoardView
      place="workspace"
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true })}
    />
  );
}
