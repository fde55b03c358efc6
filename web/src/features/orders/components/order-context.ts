import { createContext, use } from 'react';

import type { OrderView } from '../api/types';

/** The order that a page is about, for the dialogs that the action bar opens. */
export const OrderContext = createContext<OrderView | null>(null);

/** Returns the order around; a dialog outside of its page is a mistake. */
export function useOrder(): OrderView {
  const order = use(OrderContext);
  if (order === null) throw new Error('There is no order around.');
  return order;
}
