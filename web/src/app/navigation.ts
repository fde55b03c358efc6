import type { LucideIcon } from 'lucide-react';
import {
  BadgeCheck,
  BookA,
  Barcode,
  Boxes,
  CalendarClock,
  ClipboardList,
  FileText,
  FolderTree,
  Handshake,
  Heart,
  History,
  Landmark,
  Package,
  LayoutDashboard,
  MessageSquareWarning,
  MessagesSquare,
  ListChecks,
  ReceiptText,
  Search,
  Settings,
  ShoppingBag,
  ShoppingCart,
  ShieldCheck,
  Star,
  Store,
  Tags,
  Users,
  UsersRound,
} from 'lucide-react';

import type { Session } from '@/shared/api/types';

export interface NavigationItem {
  /** A key of `app.nav`. */
  label:
    | 'dashboard'
    | 'requests'
    | 'approvals'
    | 'suppliers'
    | 'catalogues'
    | 'board'
    | 'quotes'
    | 'links'
    | 'products'
    | 'deals'
    | 'messages'
    | 'invoices'
    | 'team'
    | 'audit'
    | 'ocds'
    | 'codes'
    | 'price_lists'
    | 'wishlist'
    | 'reviews'
    | 'orders'
    | 'complaints'
    | 'cart'
    | 'standing'
    | 'categories'
    | 'moderation'
    | 'synonyms'
    | 'jobs'
    | 'settings';
  icon: LucideIcon;
  /** Items whose page does not exist in the route tree are not shown. */
  to: string;
  /** The permission to see it; none where everybody may. */
  read?: string;
  /** The permission that makes it part of somebody's work; readers of everything see it without. */
  work?: string;
}

export interface NavigationGroup {
  label: 'buying' | 'selling' | 'trade' | 'organisation' | 'platform' | null;
  items: readonly NavigationItem[];
}

/** The workspace's pages, in the order in which people work. */
export const NAVIGATION: readonly NavigationGroup[] = [
  { label: null, items: [{ label: 'dashboard', icon: LayoutDashboard, to: '/app' }] },
  {
    label: 'buying',
    items: [
      {
        label: 'requests',
        icon: ClipboardList,
        to: '/app/requests',
        read: 'requests:read',
        work: 'requests:write',
      },
      {
        label: 'approvals',
        icon: BadgeCheck,
        to: '/app/approvals',
        read: 'approvals:read',
        work: 'requests:write',
      },
      {
        label: 'suppliers',
        icon: Store,
        to: '/app/suppliers',
        read: 'links:read',
        work: 'links:request',
      },
      {
        label: 'catalogues',
        icon: ShoppingBag,
        to: '/app/catalogue',
        read: 'links:read',
        work: 'links:request',
      },
      {
        label: 'cart',
        icon: ShoppingCart,
        to: '/app/cart',
        read: 'cart:write',
      },
      { label: 'wishlist', icon: Heart, to: '/app/wishlist', read: 'wishlist:write' },
      {
        label: 'standing',
        icon: CalendarClock,
        to: '/app/standing-orders',
        read: 'orders:read',
        work: 'orders:place',
      },
    ],
  },
  {
    label: 'selling',
    items: [
      { label: 'board', icon: Search, to: '/app/board', read: 'board:read', work: 'quotes:submit' },
      {
        label: 'quotes',
        icon: FileText,
        to: '/app/quotes',
        read: 'quotes:read',
        work: 'quotes:submit',
      },
      {
        label: 'products',
        icon: Package,
        to: '/app/products',
        read: 'products:read',
        work: 'products:write',
      },
      {
        label: 'price_lists',
        icon: Tags,
        to: '/app/price-lists',
        read: 'prices:read',
        work: 'prices:write',
      },
      {
        label: 'reviews',
        icon: Star,
        to: '/app/reviews',
        read: 'products:read',
        work: 'reviews:reply',
      },
      {
        label: 'links',
        icon: UsersRound,
        to: '/app/links',
        read: 'links:read',
        work: 'links:decide',
      },
      {
        label: 'codes',
        icon: Barcode,
        to: '/app/codes',
        read: 'products:read',
        work: 'stock:write',
      },
    ],
  },
  {
    label: 'trade',
    items: [
      { label: 'orders', icon: Boxes, to: '/app/orders', read: 'orders:read' },
      {
        label: 'complaints',
        icon: MessageSquareWarning,
        to: '/app/complaints',
        read: 'complaints:read',
      },
      { label: 'deals', icon: Handshake, to: '/app/deals', read: 'deals:read' },
      {
        label: 'messages',
        icon: MessagesSquare,
        to: '/app/messages',
        read: 'messages:read',
      },
      { label: 'invoices', icon: ReceiptText, to: '/app/invoices', read: 'invoices:read' },
    ],
  },
  {
    label: 'organisation',
    items: [
      { label: 'team', icon: Users, to: '/app/team' },
      { label: 'audit', icon: History, to: '/app/audit', read: 'audit:read' },
      {
        label: 'ocds',
        icon: Landmark,
        to: '/app/ocds',
        read: 'requests:read',
        work: 'ocds:import',
      },
      { label: 'settings', icon: Settings, to: '/app/settings' },
    ],
  },
  {
    label: 'platform',
    items: [
      {
        label: 'categories',
        icon: FolderTree,
        to: '/app/admin/categories',
        read: 'categories:manage',
      },
      {
        label: 'moderation',
        icon: ShieldCheck,
        to: '/app/admin/moderation',
        read: 'moderation:decide',
      },
      {
        label: 'synonyms',
        icon: BookA,
        to: '/app/admin/synonyms',
        read: 'synonyms:manage',
      },
      { label: 'jobs', icon: ListChecks, to: '/app/admin/jobs', read: 'jobs:manage' },
    ],
  },
];

/** Whoever only sells begins with selling: a phone shows the first pages alone. */
function inOrder(
  organisation: Pick<Session['organisation'], 'buys' | 'sells'> | undefined,
): readonly NavigationGroup[] {
  if (organisation?.sells !== true || organisation.buys) return NAVIGATION;
  const selling = NAVIGATION.filter(({ label }) => label === 'selling');
  const rest = NAVIGATION.filter(({ label }) => label !== 'selling');
  return [...rest.slice(0, 1), ...selling, ...rest.slice(1)];
}

/** Returns the groups with the items that belong to this person's work and exist; empty groups are left out. */
export function visibleNavigation(
  session: Pick<Session, 'role' | 'permissions'> & {
    organisation?: Pick<Session['organisation'], 'buys' | 'sells'>;
  },
  pageExists: (path: string) => boolean,
): NavigationGroup[] {
  const may = (permission: string | undefined): boolean =>
    permission === undefined || session.permissions.includes(permission);
  return inOrder(session.organisation)
    .map((group) => ({
      ...group,
      items: group.items.filter(
        (item) =>
          pageExists(item.to) && may(item.read) && (may(item.work) || session.role === 'viewer'),
      ),
    }))
    .filter((group) => group.items.length > 0);
}
