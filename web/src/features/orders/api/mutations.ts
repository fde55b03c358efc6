import { useMutation, useQueryClient } from '@tanstack/react-query';

import { call } from '@/shared/api/client';

import type {
  CartView,
  FilledCart,
  OrderView,
  ParsedOrder,
  StandingDetails,
  TemplateView,
} from './types';

const STALE_AFTER_ORDERING = [['orders'], ['carts'], ['invoices'], ['dashboard']] as const;

function useRefresh(): (...keys: readonly (readonly string[])[]) => Promise<unknown> {
  const client = useQueryClient();
  return (...keys) =>
    Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey: [...queryKey] })));
}

export interface PlaceOrderValues {
  supplier_organisation_id: string;
  buyer_reference: string;
  note: string;
  delivery_address: string;
  wanted_on: string | null;
  expected_total: CartView['minimum_order'];
}

/** Places what is in a supplier's cart. */
export function usePlaceOrder() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: PlaceOrderValues) => call<OrderView>('POST', '/orders', { body }),
    meta: { showsProblem: true },
    onSettled: () => refresh(...STALE_AFTER_ORDERING),
  });
}

export interface QuantityChange {
  productId: string;
  /** Nothing takes the product out. */
  quantity: string | null;
}

/** Changes how much of a product is in the cart. */
export function useCartQuantity() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ productId, quantity }: QuantityChange) =>
      quantity === null
        ? call<CartView>('DELETE', `/cart/items/${productId}`)
        : call<CartView>('PUT', `/cart/items/${productId}`, { body: { quantity } }),
    onSettled: () => refresh(['carts']),
  });
}

/** Throws a supplier's cart away. */
export function useEmptyCart() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (supplierId: string) =>
      call<undefined>('DELETE', '/cart', { query: { supplier_id: supplierId } }),
    onSettled: () => refresh(['carts']),
  });
}

/** Forgets the lines that were lost with a link. */
export function usePutLostAway() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (supplierId: string) => call<undefined>('DELETE', `/cart/lost/${supplierId}`),
    onSettled: () => refresh(['carts']),
  });
}

/** Compares pasted lines, or a table, with what a supplier sells. */
export function useParseOrder() {
  return useMutation({
    mutationFn: ({ supplierId, source }: { supplierId: string; source: string | File }) => {
      if (typeof source === 'string') {
        const body = { supplier_organisation_id: supplierId, text: source };
        return call<ParsedOrder>('POST', '/cart/parse', { body });
      }
      const body = new FormData();
      body.set('supplier_organisation_id', supplierId);
      body.set('file', source);
      return call<ParsedOrder>('POST', '/cart/parse/file', { body });
    },
  });
}

/** Puts many products into the cart at once. */
export function useFillCart() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (items: readonly { product_id: string; quantity: string }[]) =>
      call<{ carts: CartView[] }>('POST', '/cart/bulk', { body: { items } }),
    onSettled: () => refresh(['carts']),
  });
}

/** Puts what was ordered, or a template, into the cart again. */
export function useRefill() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (path: `/orders/${string}/reorder` | `/order-templates/${string}/cart`) =>
      call<FilledCart>('POST', path, { body: {} }),
    onSettled: () => refresh(['carts']),
  });
}

/** Keeps the lines of an order under a name. */
export function useKeepTemplate(orderId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (name: string) =>
      call<TemplateView>('POST', '/order-templates', { body: { name, order_id: orderId } }),
    meta: { showsProblem: true },
    onSettled: () => refresh(['order-templates']),
  });
}

/** Throws a template away. */
export function useDeleteTemplate() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (templateId: string) => call<undefined>('DELETE', `/order-templates/${templateId}`),
    onSettled: () => refresh(['order-templates']),
  });
}

/** Sends the invoice of an order. */
export function useInvoiceOrder(orderId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (version: number) =>
      call<OrderView>('POST', `/orders/${orderId}/invoice`, { body: { version } }),
    onSettled: () => refresh(['orders'], ['invoices']),
  });
}

/** Says the first word about an order, which opens the conversation. */
export function useFirstWord(orderId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: string) =>
      call<unknown>('POST', `/orders/${orderId}/messages`, { body: { body } }),
    onSettled: () => refresh(['orders', 'one', orderId], ['conversations']),
  });
}

export interface StandingChange {
  id: string;
  body: Record<string, unknown>;
}

/** Changes what a standing order orders, or when. */
export function useChangeStanding() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, body }: StandingChange) =>
      call<StandingDetails>('PATCH', `/standing-orders/${id}`, { body }),
    meta: { showsProblem: true },
    onSettled: () => refresh(['standing-orders']),
  });
}

/** Changes the name or the lines of a template. */
export function useChangeTemplate() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, body }: StandingChange) =>
      call<TemplateView>('PATCH', `/order-templates/${id}`, { body }),
    meta: { showsProblem: true },
    onSettled: () => refresh(['order-templates']),
  });
}

/** Lets lines order themselves. */
export function useCreateStanding() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) =>
      call<StandingDetails>('POST', '/standing-orders', { body }),
    meta: { showsProblem: true },
    onSettled: () => refresh(['standing-orders']),
  });
}
