import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router';

import { PageError } from '@/app/page-error';
import { PageNotFound } from '@/app/page-not-found';
import { PublicShell } from '@/app/shells/public-shell';

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  // Inside of a shell these stand in its main part; an address that leads nowhere at all gets the public one.
  notFoundComponent: () => (
    <PublicShell>
      <PageNotFound />
    </PublicShell>
  ),
  errorComponent: (props) => (
    <PublicShell>
      <PageError {...props} />
    </PublicShell>
  ),
});
