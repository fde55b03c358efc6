import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

export type ImportView = components['schemas']['ImportView'];
export type ColumnMapping = components['schemas']['ColumnMapping'];
export type MappingBody = components['schemas']['MappingBody'];
export type ImportCounts = components['schemas']['ImportCounts'];
export type RowErrorView = components['schemas']['RowErrorView'];
type Step = 'check' | 'start' | 'resume' | 'cancel';

const MOVING = new Set(['reading', 'checking', 'running']);
const LOOK_EVERY_MS = 1500;

/** Whether a job works on the import, so that it looks different in a moment. */
export const isMoving = (run: ImportView): boolean => MOVING.has(run.state);

/** One import. The stream tells when it moves; looking now and then covers a stream that is down. */
export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', 'one', importId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/products/import/{import_id}', {
          params: { path: { import_id: importId } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) =>
      state.data !== undefined && isMoving(state.data) ? LOOK_EVERY_MS : false,
  });

/** The latest imports of the organisation. */
export const importsQuery = queryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/products/import', { params: { query: { size: 20 } }, signal })),
});

/** What a column can be. */
export const importFieldsQuery = queryOptions({
  queryKey: ['imports', 'fields'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/products/import/fields', { signal })),
  staleTime: Infinity,
});

/** The first rows that were refused or warned of, by the check or by the import itself. */
export const rowErrorsQuery = (importId: string, checked: boolean) =>
  queryOptions({
    queryKey: ['imports', 'one', importId, 'errors', checked],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/products/import/{import_id}/errors', {
          params: { path: { import_id: importId }, query: { checked, size: 50 } },
          signal,
        }),
      ),
  });

/** What became of the pictures of an import: they come after its products. */
export const importPicturesQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', 'one', importId, 'pictures'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/products/import/{import_id}/pictures', {
          params: { path: { import_id: importId } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => ((state.data?.waiting ?? 0) > 0 ? LOOK_EVERY_MS : false),
  });

/** Where the rows that were refused or warned of can be fetched as a table. */
export const errorsFileUrl = (importId: string, checked: boolean): string =>
  `/api/v1/products/import/${importId}/errors/file?checked=${String(checked)}`;

/** Begins an import of an uploaded file. */
export function useBeginImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: components['schemas']['ImportBody']) =>
      unwrap(api.POST('/api/v1/products/import', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['imports', 'list'] }),
  });
}

/** Says how the file is to be read. */
export function useMapImport(importId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: MappingBody) =>
      unwrap(
        api.PUT('/api/v1/products/import/{import_id}/mapping', {
          params: { path: { import_id: importId } },
          body,
        }),
      ),
    onSuccess: (run) => client.setQueryData(importQuery(importId).queryKey, run),
  });
}

/** Says how the file is to be read, and has it checked: one thing to whoever does it, so nothing is shown between. */
export function useRecheckImport(importId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: MappingBody) => {
      await unwrap(
        api.PUT('/api/v1/products/import/{import_id}/mapping', {
          params: { path: { import_id: importId } },
          body,
        }),
      );
      return unwrap(
        api.POST('/api/v1/products/import/{resource_id}/check', {
          params: { path: { resource_id: importId } },
          body: {},
        }),
      );
    },
    onSuccess: (run) => client.setQueryData(importQuery(importId).queryKey, run),
    onError: () => client.invalidateQueries({ queryKey: importQuery(importId).queryKey }),
  });
}

/** Takes a step of the import. */
export function useImportStep(importId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: Step) =>
      unwrap(
        api.POST(`/api/v1/products/import/{resource_id}/${step}`, {
          params: { path: { resource_id: importId } },
          body: {},
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
}
