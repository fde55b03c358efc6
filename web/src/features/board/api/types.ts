import type { components } from '@/shared/api/schema';
import type { TableSearch } from '@/shared/ui/data-table/search';

type Schemas = components['schemas'];

export type BoardItem = Schemas['BoardItem'];
export type PublicRequest = Schemas['PublicRequest'];
export type RequestView = Schemas['RequestView'];
export type QuestionView = Schemas['QuestionView'];

export const DUE_CHOICES = ['3', '7', '14', '30'] as const;
export const BOARD_LAYOUTS = ['cards', 'table'] as const;
export type BoardLayout = (typeof BOARD_LAYOUTS)[number];

/** What the board keeps in the URL. Budgets are minor units of `currency`. */
export interface BoardSearch extends TableSearch {
  /** Codes of categories, separated by commas. */
  category?: string | undefined;
  country?: string | undefined;
  currency?: string | undefined;
  budget_min?: number | undefined;
  budget_max?: number | undefined;
  /** Days from now within which quotes are due. */
  due?: (typeof DUE_CHOICES)[number] | undefined;
  invited?: boolean | undefined;
  view?: BoardLayout | undefined;
}

/** Where a request opens: on its public page, or as a vendor sees it in the workspace. */
export type BoardPlace = 'public' | 'workspace';
