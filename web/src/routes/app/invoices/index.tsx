import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { invoicesQuery } from '@/features/invoices/api/queries';
import { INVOICE_KINDS, INVOICE_STATES } from '@/features/invoices/api/types';
import { InvoiceList } from '@/features/invoices/views/invoice-list';
import { loadWords } from '@/shared/i18n/i18n';
import { patchSearch, tableSearch } from '@/shared/ui/data-table/search';

export const Route = createFileRoute('/app/invoices/')({
  validateSearch: z.extend(tableSearch, {
    side: z.catch(z.optional(z.enum(['issued', 'received'])), undefined),
    state: z.catch(z.optional(z.enum(INVOICE_STATES)), undefined),
    kind: z.catch(z.optional(z.enum(INVOICE_KINDS)), undefined),
    overdue: z.catch(z.optional(z.boolean()), undefined),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(invoicesQuery(deps));
    return loadWords('invoices', 'trade');
  },
  component: Invoices,
});

function Invoices() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <InvoiceList
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (current) => patchSearch(current, patch), replace: true })
      }
    />
  );
}
