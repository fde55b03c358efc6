import { createFileRoute } from '@tanstack/react-router';

import { importsQuery } from '@/features/imports/api/queries';
import { ImportStart } from '@/features/imports/views/import-start';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/products/import/')({
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(importsQuery);
    return loadWords('imports', 'status');
  },
  component: Start,
});

function Start() {
  const navigate = Route.useNavigate();
  return (
    <ImportStart
      onBegun={(importId) =>
        void navigate({ to: '/app/products/import/$importId', params: { importId } })
      }
    />
  );
}
