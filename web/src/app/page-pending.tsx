import type { ReactNode } from 'react';

import { PageSkeleton } from '@/shared/ui/states';

/** What a page shows until its code and first data are here. */
export function PagePending(): ReactNode {
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8">
      <PageSkeleton />
    </div>
  );
}
