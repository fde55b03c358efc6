import type { components } from '@/shared/api/schema';
import type { TableSearch } from '@/shared/ui/data-table/search';

type Schemas = components['schemas'];

export type MessageView = Schemas['MessageView'];
export type MessageFeed = Schemas['MessageFeed'];
export type ThreadView = Schemas['ThreadView'];
export type ReadMark = Schemas['ReadMarkView'];

/** What the list of conversations keeps in the URL. */
export interface ThreadSearch extends TableSearch {
  unread?: boolean | undefined;
  /** The conversation that is open beside the list. */
  thread?: string | undefined;
}
