/**
 * English is the source of all keys: its files type `t()`.
 * A feature that brings words adds one import and one line here, and its files in all languages.
 */
import type admin from '@/locales/en/admin.json';
import type app from '@/locales/en/app.json';
import type approvals from '@/locales/en/approvals.json';
import type audit from '@/locales/en/audit.json';
import type auth from '@/locales/en/auth.json';
import type barcodes from '@/locales/en/barcodes.json';
import type board from '@/locales/en/board.json';
import type catalogue from '@/locales/en/catalogue.json';
import type categories from '@/locales/en/categories.json';
import type common from '@/locales/en/common.json';
import type comparison from '@/locales/en/comparison.json';
import type complaints from '@/locales/en/complaints.json';
import type conversations from '@/locales/en/conversations.json';
import type dashboard from '@/locales/en/dashboard.json';
import type deals from '@/locales/en/deals.json';
import type home from '@/locales/en/home.json';
import type imports from '@/locales/en/imports.json';
import type invoices from '@/locales/en/invoices.json';
import type legal from '@/locales/en/legal.json';
import type links from '@/locales/en/links.json';
import type moderation from '@/locales/en/moderation.json';
import type notifications from '@/locales/en/notifications.json';
import type ocds from '@/locales/en/ocds.json';
import type orders from '@/locales/en/orders.json';
import type prices from '@/locales/en/prices.json';
import type problems from '@/locales/en/problems.json';
import type products from '@/locales/en/products.json';
import type quotes from '@/locales/en/quotes.json';
import type reviews from '@/locales/en/reviews.json';
import type requests from '@/locales/en/requests.json';
import type search from '@/locales/en/search.json';
import type settings from '@/locales/en/settings.json';
import type status from '@/locales/en/status.json';
import type team from '@/locales/en/team.json';
import type templates from '@/locales/en/templates.json';
import type trade from '@/locales/en/trade.json';
import type ui from '@/locales/en/ui.json';
import type measures from '@/locales/en/measures.json';
import type units from '@/locales/en/units.json';
import type validation from '@/locales/en/validation.json';

export interface Namespaces {
  admin: typeof admin;
  app: typeof app;
  approvals: typeof approvals;
  audit: typeof audit;
  auth: typeof auth;
  barcodes: typeof barcodes;
  board: typeof board;
  catalogue: typeof catalogue;
  categories: typeof categories;
  common: typeof common;
  comparison: typeof comparison;
  complaints: typeof complaints;
  conversations: typeof conversations;
  dashboard: typeof dashboard;
  deals: typeof deals;
  home: typeof home;
  imports: typeof imports;
  invoices: typeof invoices;
  legal: typeof legal;
  links: typeof links;
  moderation: typeof moderation;
  notifications: typeof notifications;
  ocds: typeof ocds;
  orders: typeof orders;
  prices: typeof prices;
  problems: typeof problems;
  products: typeof products;
  quotes: typeof quotes;
  reviews: typeof reviews;
  requests: typeof requests;
  search: typeof search;
  settings: typeof settings;
  status: typeof status;
  team: typeof team;
  templates: typeof templates;
  trade: typeof trade;
  ui: typeof ui;
  measures: typeof measures;
  units: typeof units;
  validation: typeof validation;
}

export type Namespace = keyof Namespaces;

/** Loaded before the first render; every other namespace comes with the page that needs it. */
export const FIRST_NAMESPACES = ['common', 'ui', 'app'] as const satisfies readonly Namespace[];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Namespaces;
    returnNull: false;
  }
}
