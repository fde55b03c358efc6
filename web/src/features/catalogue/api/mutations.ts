import { useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';

/** Puts goods into the cart of their supplier; what is there already is added to. */
export function useAddToCart() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (item: { product_id: string; quantity: string }) =>
      unwrap(api.POST('/api/v1/cart/items', { body: item })),
    onSettled: () => client.invalidateQueries({ queryKey: ['carts'] }),
  });
}
