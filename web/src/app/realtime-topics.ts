import type { QueriesByTopic } from '@/shared/realtime/topics';

/**
 * Which reads an event makes stale: the noun of the event → first elements of query keys.
 * `request.published` refreshes everything that `request` names.
 */
export const QUERIES_BY_TOPIC: QueriesByTopic = {
  request: [['requests'], ['board'], ['dashboard']],
  quote: [['quotes'], ['requests'], ['board'], ['dashboard']],
  approval: [['approvals'], ['requests'], ['dashboard']],
  deal: [['deals'], ['quotes'], ['requests'], ['dashboard']],
  link: [['links'], ['carts']],
  order: [['orders'], ['carts'], ['dashboard']],
  complaint: [['complaints'], ['orders'], ['dashboard']],
  standing_order: [['standing-orders'], ['orders']],
  price_list: [['price-lists'], ['products']],
  customer_group: [['customer-groups'], ['price-lists']],
  review: [['reviews'], ['products']],
  wish: [['wishes']],
  category: [['category-tree']],
  product: [['products']],
  change_request: [['products'], ['change-requests']],
  import: [['imports']],
  product_import: [['imports'], ['products']],
  price_import: [['price-lists']],
  products: [['products']],
  invoice: [['invoices'], ['deals'], ['orders'], ['dashboard']],
  // What is said in an open conversation is appended by it; here only the lists are refreshed.
  message: [['conversations']],
  thread: [['conversations']],
  notification: [['notifications'], ['dashboard']],
  invite: [['invites'], ['team']],
  member: [['team'], ['session']],
  membership: [['team'], ['session']],
  organisation: [['organisations'], ['session']],
};
