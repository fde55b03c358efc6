import { queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

export type BranchCount = components['schemas']['BranchCount'];

/** How many products the categories of one level hold, each with all below it. */
export const countsQuery = (parentId: string | null) =>
  queryOptions({
    queryKey: ['category-tree', 'counts', parentId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/admin/categories/counts', {
          params: { query: parentId === null ? {} : { parent_id: parentId } },
          signal,
        }),
      ),
  });
