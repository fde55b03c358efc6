import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { importFieldsQuery, importQuery } from '@/features/imports/api/queries';
import { ImportWizard } from '@/features/imports/views/import-wizard';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/products/import/$importId')({
  validateSearch: z.object({ step: z.optional(z.catch(z.literal('mapping'), 'mapping')) }),
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(importQuery(params.importId));
    void context.queryClient.prefetchQuery(importFieldsQuery);
    return loadWords('imports', 'status', 'categories');
  },
  component: Wizard,
});

function Wizard() {
  const { importId } = Route.useParams();
  const { step } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <ImportWizard
      importId={importId}
      step={step}
      onStep={(next) =>
        void navigate({ search: next === undefined ? {} : { step: next }, replace: true })
      }
    />
  );
}
