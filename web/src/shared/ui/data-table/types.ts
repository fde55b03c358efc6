import {
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';

import type { MoneyValue } from '@/shared/api/types';

/** A moment or a bare day as the API writes it; a spreadsheet gets it as a date and not as text. */
export interface DateCell {
  at: string | null | undefined;
}

/** What a spreadsheet gets of a cell. Money keeps its currency, in a column of its own. */
export type CellValue = string | number | MoneyValue | DateCell | null | undefined;

/** One column of a list. */
export interface TableColumn<Row> {
  /** Also the name by which the API sorts, where `isSortable`. */
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** What a spreadsheet gets; columns without it are not exported. */
  text?: (row: Row) => CellValue;
  isSortable?: boolean;
  /** Figures stand at the right, one under the other. */
  isNumeric?: boolean;
  /** The column that names the row: the title of its card on a phone. */
  isPrimary?: boolean;
  /** Shown only once somebody chooses it. */
  isHiddenAtFirst?: boolean;
}

/** A thing to do with all selected rows. */
export interface BulkAction<Row> {
  label: string;
  run: (rows: Row[]) => void;
  isDangerous?: boolean;
}

/** What a list read offers, as `useQuery` returns it. */
export interface ListQuery<Row> {
  data: { items: Row[]; page: number; size: number; total: number; pages: number } | undefined;
  error: Error | null;
  isPlaceholderData?: boolean;
  refetch: () => unknown;
}

/** The parts of TanStack Table that lists need; the server sorts and pages. */
export const FEATURES = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
});
