import { useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import type { CategoryPage } from '@/shared/categories/tree';

type Schemas = components['schemas'];
export type CategoryBody = Schemas['CategoryBody'];
export type CategoryPatch = Schemas['CategoryPatch'];
export type AttributeBody = Schemas['AttributeBody'];

export interface Move {
  id: string;
  version: number;
  parent_id: string | null;
  position: number | null;
}

/** Every change of the tree makes all that was read of it stale. */
function useChange<Wanted, Done>(change: (wanted: Wanted) => Promise<Done>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    meta: { showsProblem: true },
    onSettled: () => client.invalidateQueries({ queryKey: ['category-tree'] }),
  });
}

/** Adds a category. */
export const useCreateCategory = () =>
  useChange((body: CategoryBody) => unwrap(api.POST('/api/v1/categories', { body })));

/** Changes code, names or icon. */
export const useEditCategory = () =>
  useChange(({ id, ...body }: CategoryPatch & { id: string }) =>
    unwrap(
      api.PATCH('/api/v1/categories/{category_id}', {
        params: { path: { category_id: id } },
        body,
      }),
    ),
  );

/** Moves a branch; what fails shows as a toast, as a drop has no form to say it in. */
export function useMoveCategory() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Move) =>
      unwrap(
        api.POST('/api/v1/categories/{category_id}/move', {
          params: { path: { category_id: id } },
          body,
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['category-tree'] }),
  });
}

/** Archives a branch; its products go to the target. */
export const useArchiveCategory = () =>
  useChange(({ category, targetId }: { category: CategoryPage; targetId: string | null }) =>
    unwrap(
      api.POST('/api/v1/categories/{category_id}/archive', {
        params: { path: { category_id: category.id } },
        body: { target_id: targetId, version: category.version },
      }),
    ),
  );

/** Brings an archived category back. */
export const useRestoreCategory = () =>
  useChange((category: CategoryPage) =>
    unwrap(
      api.POST('/api/v1/categories/{category_id}/restore', {
        params: { path: { category_id: category.id } },
        body: { version: category.version },
      }),
    ),
  );

/** Removes a category that nothing is filed under. */
export const useDeleteCategory = () =>
  useChange((category: CategoryPage) =>
    unwrap(
      api.DELETE('/api/v1/categories/{category_id}', {
        params: {
          path: { category_id: category.id },
          header: { 'if-match': `"${String(category.version)}"` },
        },
      }),
    ),
  );

/** Adds an attribute, or changes it. */
export const useSetAttribute = () =>
  useChange(({ id, code, body }: { id: string; code: string; body: AttributeBody }) =>
    unwrap(
      api.PUT('/api/v1/categories/{category_id}/attributes/{code}', {
        params: { path: { category_id: id, code } },
        body,
      }),
    ),
  );

/** Asks no longer for a value. */
export const useRemoveAttribute = () =>
  useChange(({ category, code }: { category: CategoryPage; code: string }) =>
    unwrap(
      api.DELETE('/api/v1/categories/{category_id}/attributes/{code}', {
        params: {
          path: { category_id: category.id, code },
          header: { 'if-match': `"${String(category.version)}"` },
        },
      }),
    ),
  );
