/**
 * English is the source of all keys: its files type `t()`.
 * A feature that brings words adds one import and one line here, and its files in all languages.
 */
import type app from '@/locales/en/app.json';
import type approvals from '@/locales/en/approvals.json';
import type auth from '@/locales/en/auth.json';
import type common from '@/locales/en/common.json';
import type comparison from '@/locales/en/comparison.json';
import type dashboard from '@/locales/en/dashboard.json';
import type home from '@/locales/en/home.json';
import type problems from '@/locales/en/problems.json';
import type requests from '@/locales/en/requests.json';
import type status from '@/locales/en/status.json';
import type templates from '@/locales/en/templates.json';
import type ui from '@/locales/en/ui.json';
import type units from '@/locales/en/units.json';
import type validation from '@/locales/en/validation.json';

export interface Namespaces {
  app: typeof app;
  approvals: typeof approvals;
  auth: typeof auth;
  common: typeof common;
  comparison: typeof comparison;
  dashboard: typeof dashboard;
  home: typeof home;
  problems: typeof problems;
  requests: typeof requests;
  status: typeof status;
  templates: typeof templates;
  ui: typeof ui;
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
