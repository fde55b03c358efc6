import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import type { TableSearch } from '@/shared/ui/data-table/search';

export type TemplateView = components['schemas']['TemplateView'];

/** A page of the organisation's templates. */
export const templatesQuery = (search: TableSearch) =>
  queryOptions({
    queryKey: ['templates', 'list', search],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/request-templates', { params: { query: search }, signal })),
    placeholderData: keepPreviousData,
  });

/** Makes a draft from a template. */
export function useTemplateDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (templateId: string) =>
      unwrap(
        api.POST('/api/v1/request-templates/{template_id}/use', {
          params: { path: { template_id: templateId } },
        }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['requests', 'list'] }),
  });
}

/** Keeps a request's content as a template. */
export function useSaveTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, requestId }: { name: string; requestId: string }) =>
      unwrap(api.POST('/api/v1/request-templates', { body: { name, request_id: requestId } })),
    meta: { showsProblem: true },
    onSuccess: () => client.invalidateQueries({ queryKey: ['templates'] }),
  });
}

/** Gives a template another name. */
export function useRenameTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ template, name }: { template: TemplateView; name: string }) =>
      unwrap(
        api.PATCH('/api/v1/request-templates/{template_id}', {
          params: { path: { template_id: template.id } },
          body: { name, version: template.version },
        }),
      ),
    meta: { showsProblem: true },
    onSettled: () => client.invalidateQueries({ queryKey: ['templates'] }),
  });
}

/** Throws a template away. */
export function useDeleteTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (templateId: string) =>
      unwrap(
        api.DELETE('/api/v1/request-templates/{template_id}', {
          params: { path: { template_id: templateId } },
        }),
      ),
    meta: { showsProblem: true },
    onSettled: () => client.invalidateQueries({ queryKey: ['templates'] }),
  });
}
