import { createFileRoute } from '@tanstack/react-router';
import { useCallback } from 'react';
import * as z from 'zod/mini';

import { codeQuery } from '@/features/barcodes/api/queries';
import { CodesPage } from '@/features/barcodes/views/codes-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/codes')({
  validateSearch: z.object({ code: z.catch(z.optional(z.coerce.string()), undefined) }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    if (deps.code !== undefined) void context.queryClient.prefetchQuery(codeQuery(deps.code));
    return loadWords('barcodes');
  },
  component: Codes,
});

function Codes() {
  const { code } = Route.useSearch();
  const navigate = Route.useNavigate();
  const find = useCallback(
    (wanted: string) => {
      void navigate({ search: wanted === '' ? {} : { code: wanted } });
    },
    [navigate],
  );
  return <CodesPage code={code ?? ''} onCode={find} />;
}
