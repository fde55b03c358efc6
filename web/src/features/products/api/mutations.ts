import { useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';

import type { BulkAction, ProductBody, ProductPatch, StockChange } from './types';

function useRefresh(): () => Promise<unknown> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['products'] });
}

/** Starts a product as a draft. */
export function useCreateProduct() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: ProductBody) => unwrap(api.POST('/api/v1/products', { body })),
    onSuccess: refresh,
  });
}

/** Changes a product; reads it anew also when somebody else was faster. */
export function useEditProduct() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: Partial<ProductPatch> }) =>
      unwrap(
        api.PATCH('/api/v1/products/{product_id}', {
          params: { path: { product_id: id } },
          body: body as ProductPatch,
        }),
      ),
    onSettled: refresh,
  });
}

/** Throws a product away; what was ordered is archived. */
export function useDeleteProduct() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE('/api/v1/products/{product_id}', { params: { path: { product_id: id } } })),
    onSettled: refresh,
  });
}

/** Does the same to many products. */
export function useChangeMany() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: BulkAction) => unwrap(api.POST('/api/v1/products/bulk', { body })),
    onSettled: refresh,
  });
}

/** Notes what has arrived or was counted. */
export function useChangeStock(productId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: StockChange) =>
      unwrap(
        api.POST('/api/v1/products/{product_id}/stock', {
          params: { path: { product_id: productId } },
          body,
        }),
      ),
    onSettled: refresh,
  });
}

/** Makes a variant of every combination of options. */
export function useGenerateVariants(productId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (axes: { name: string; values: string[] }[]) =>
      unwrap(
        api.POST('/api/v1/products/{product_id}/variants/generate', {
          params: { path: { product_id: productId } },
          body: { axes },
        }),
      ),
    onSettled: refresh,
  });
}

/** Gives a product its pictures in this order. */
export function useSetImages(productId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (images: { id: string; alt: string }[]) =>
      unwrap(
        api.PUT('/api/v1/products/{product_id}/images', {
          params: { path: { product_id: productId } },
          body: { images },
        }),
      ),
    onSettled: refresh,
  });
}
