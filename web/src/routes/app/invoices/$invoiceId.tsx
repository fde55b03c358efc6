import { createFileRoute } from '@tanstack/react-router';

import { invoiceQuery } from '@/features/invoices/api/queries';
import { InvoicePage } from '@/features/invoices/views/invoice-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/invoices/$invoiceId')({
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(invoiceQuery(params.invoiceId));
    return loadWords('invoices', 'trade', 'units', 'validation', 'problems');
  },
  component: Invoice,
});

function Invoice() {
  const { invoiceId } = Route.useParams();
  return <InvoicePage invoiceId={invoiceId} />;
}
