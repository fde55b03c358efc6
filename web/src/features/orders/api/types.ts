import type { components } from '@/shared/api/schema';
import type { TableSearch } from '@/shared/ui/data-table/search';

type Schemas = components['schemas'];

export type OrderListItem = Schemas['OrderListItem'];
export type OrderView = Schemas['OrderView'];
export type OrderLineView = Schemas['OrderLineView'];
export type OrderState = Schemas['OrderState'];
export type CartView = Schemas['CartView'];
export type CartLine = Schemas['CartLine'];
export type CartProduct = Schemas['CartProduct'];
export type CartWarning = Schemas['CartWarning'];
export type ParsedLine = Schemas['ParsedLine'];
export type ParsedOrder = Schemas['ParsedOrder'];
export type FilledCart = Schemas['FilledCart'];
export type TemplateView = Schemas['OrderTemplateView'];
export type StandingView = Schemas['StandingView'];
export type StandingDetails = Schemas['StandingDetails'];
export type StandingRun = Schemas['StandingRunView'];

export const ORDER_STATES = [
  'pending',
  'confirmed',
  'processing',
  'shipped',
  'delivered',
  'completed',
  'rejected',
  'cancelled',
  'refunded',
] as const satisfies readonly OrderState[];

/** States in which somebody still has something to do, in their order: the columns of the board. */
export const OPEN_STATES = ORDER_STATES.slice(0, 5);

export type OrderSide = 'buyer' | 'seller';

/** What the list of orders keeps in the URL. */
export interface OrderSearch extends TableSearch {
  side?: OrderSide | undefined;
  state?: OrderState | undefined;
  view?: 'board' | undefined;
}

export const ORDER_TABS = ['lines', 'shipments', 'history', 'chat'] as const;
export type OrderTab = (typeof ORDER_TABS)[number];
