import type { components } from '@/shared/api/schema';
import type { TableSearch } from '@/shared/ui/data-table/search';

type Schemas = components['schemas'];

export type RequestSummary = Schemas['RequestSummary'];
export type RequestView = Schemas['RequestView'];
export type RequestPatch = Schemas['RequestPatch'];
export type AmendBody = Schemas['AmendBody'];
export type RequestState = Schemas['RequestState'];
export type Visibility = Schemas['Visibility'];
export type RequestLineView = Schemas['RequestLineView'];
export type RevisionView = Schemas['RevisionView'];
export type InvitationView = Schemas['InvitationView'];
export type QuestionView = Schemas['QuestionView'];
export type QuoteSummary = Schemas['QuoteSummary'];
export type Suggestion = Schemas['Suggestion'];
export type AuditEntry = Schemas['AuditEntryView'];

export const REQUEST_STATES = [
  'draft',
  'published',
  'shortlist',
  'awarded',
  'closed',
  'cancelled',
] as const satisfies readonly RequestState[];

/** What the list of requests keeps in the URL; days are the reader's own, as `YYYY-MM-DD`. */
export interface RequestSearch extends TableSearch {
  state?: RequestState | undefined;
  category?: string | undefined;
  visibility?: Visibility | undefined;
  created_from?: string | undefined;
  created_to?: string | undefined;
  due_from?: string | undefined;
  due_to?: string | undefined;
}

export const EDITOR_STEPS = ['what', 'lines', 'terms', 'vendors', 'deadline', 'review'] as const;
export type EditorStep = (typeof EDITOR_STEPS)[number];

export const REQUEST_TABS = ['overview', 'quotes', 'questions', 'invitations', 'history'] as const;
export type RequestTab = (typeof REQUEST_TABS)[number];
