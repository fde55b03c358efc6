import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import { Problem } from '@/shared/api/problem';
import type { components } from '@/shared/api/schema';

export type BarcodeMatch = components['schemas']['BarcodeMatch'];
export type BarcodeMatches = components['schemas']['BarcodeMatches'];
export type LabelsBody = components['schemas']['LabelsBody'];
export type SheetName = components['schemas']['SheetName'];

/** What a code stands for; nothing when it stands for nothing that this person may see. */
export const codeQuery = (code: string) =>
  queryOptions({
    queryKey: ['products', 'by-barcode', code],
    queryFn: async ({ signal }): Promise<BarcodeMatches> => {
      try {
        return await unwrap(
          api.GET('/api/v1/products/by-barcode', { params: { query: { code } }, signal }),
        );
      } catch (error) {
        if (error instanceof Problem && (error.status === 404 || error.status === 400))
          return { code, gtin: null, items: [] };
        throw error;
      }
    },
    enabled: code !== '',
  });

/** Gives a product the next code of the firm's own range. */
export function useAssignCode() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (productId: string) =>
      unwrap(
        api.POST('/api/v1/products/{product_id}/barcode', {
          params: { path: { product_id: productId } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['products'] }),
  });
}

/** Labels as a PDF that can be printed. */
export function usePrintLabels() {
  return useMutation({
    mutationFn: async (body: LabelsBody): Promise<Blob> =>
      (await unwrap(
        api.POST('/api/v1/products/labels.pdf', { body, parseAs: 'blob' }),
      )) as unknown as Blob,
    meta: { showsProblem: true },
  });
}
