import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { priceListQuery } from '@/features/prices/api/queries';
import { PriceListPage } from '@/features/prices/views/price-list-page';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch, tableSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/price-lists/$listId')({
  validateSearch: z.extend(tableSearch, {
    tab: z.catch(z.optional(z.enum(['prices', 'buyers', 'settings', 'explain'])), undefined),
    priced: z.catch(z.optional(z.enum(['with', 'without'])), undefined),
  }),
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(priceListQuery(params.listId));
    return loadWords('prices', 'validation', 'problems');
  },
  component: PriceList,
});

function PriceList() {
  const { listId } = Route.useParams();
  const { tab, ...search } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <PriceListPage
      listId={listId}
      tab={tab ?? 'prices'}
      search={search}
      onTab={(next) =>
        void navigate({ search: next === 'prices' ? {} : { tab: next }, replace: true })
      }
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
      onRemoved={() => void navigate({ to: '/app/price-lists' })}
    />
  );
}
