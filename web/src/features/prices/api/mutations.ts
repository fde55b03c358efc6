import { useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

import { priceImportQuery } from './queries';

type Schemas = components['schemas'];

function useRefresh(): () => Promise<unknown> {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['price-lists'] }),
      client.invalidateQueries({ queryKey: ['customer-groups'] }),
    ]);
}

/** Makes a price list. */
export function useCreateList() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: Schemas['PriceListBody']) =>
      unwrap(api.POST('/api/v1/price-lists', { body })),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Changes when a list holds, and which lists it goes before. */
export function useEditList(listId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: Schemas['PriceListPatch']) =>
      unwrap(
        api.PATCH('/api/v1/price-lists/{list_id}', { params: { path: { list_id: listId } }, body }),
      ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Throws a list away. */
export function useRemoveList(listId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () =>
      api.DELETE('/api/v1/price-lists/{list_id}', { params: { path: { list_id: listId } } }),
    onSuccess: refresh,
  });
}

/** Writes a step of a product, or takes it away with null. */
export function useSetPrice(listId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (one: Schemas['PriceInput']) =>
      unwrap(
        api.PUT('/api/v1/price-lists/{list_id}/prices', {
          params: { path: { list_id: listId } },
          body: { prices: [one] },
        }),
      ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Changes many prices at once. */
export function useAdjust(listId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: Schemas['AdjustBody']) =>
      unwrap(
        api.POST('/api/v1/price-lists/{list_id}/adjust', {
          params: { path: { list_id: listId } },
          body,
        }),
      ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Lets buyers have a list. */
export function useAssign(listId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: Schemas['AssignmentBody']) =>
      unwrap(
        api.POST('/api/v1/price-lists/{list_id}/assignments', {
          params: { path: { list_id: listId } },
          body,
        }),
      ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Takes a list away from buyers. */
export function useUnassign(listId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (assignmentId: string) =>
      unwrap(
        api.DELETE('/api/v1/price-lists/{list_id}/assignments/{assignment_id}', {
          params: { path: { list_id: listId, assignment_id: assignmentId } },
        }),
      ),
    onSettled: refresh,
  });
}

/** Makes a group of buyers. */
export function useCreateGroup() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: Schemas['GroupBody']) =>
      unwrap(api.POST('/api/v1/customer-groups', { body })),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Renames a group of buyers, or says anew who belongs to it. */
export function useEditGroup(groupId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: Schemas['GroupPatch']) =>
      unwrap(
        api.PATCH('/api/v1/customer-groups/{group_id}', {
          params: { path: { group_id: groupId } },
          body,
        }),
      ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Dissolves a group of buyers: the price lists that it had are no longer theirs. */
export function useRemoveGroup() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (groupId: string) =>
      unwrap(
        api.DELETE('/api/v1/customer-groups/{group_id}', {
          params: { path: { group_id: groupId } },
        }),
      ),
    onSettled: refresh,
  });
}

/** Begins an import of prices into a list. */
export function useBeginPriceImport(listId: string) {
  return useMutation({
    mutationFn: (mediaId: string) =>
      unwrap(
        api.POST('/api/v1/price-lists/import', {
          body: { media_id: mediaId, options: { list_id: listId } },
        }),
      ),
  });
}

/** Says what the columns of a file mean, or which of its sheets is read. */
export function useMapPriceImport(importId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['MappingBody']) =>
      unwrap(
        api.PUT('/api/v1/price-lists/import/{import_id}/mapping', {
          params: { path: { import_id: importId } },
          body,
        }),
      ),
    meta: { showsProblem: true },
    onSuccess: (run) => client.setQueryData(priceImportQuery(importId).queryKey, run),
  });
}

/** Writes the prices of a file that was read. */
export function useStartPriceImport() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (importId: string) =>
      unwrap(
        api.POST('/api/v1/price-lists/import/{resource_id}/start', {
          params: { path: { resource_id: importId } },
          body: {},
        }),
      ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}
