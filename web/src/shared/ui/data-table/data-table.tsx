import { type ColumnDef, type RowSelectionState, useTable } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useMediaQuery, useStored } from '@/shared/hooks/browser';
import { currentLanguage } from '@/shared/i18n/i18n';

import { Awaiting } from '../awaiting';
import { Button } from '../button';
import { Card } from '../page';
import { EmptyState, SkeletonRows } from '../states';
import { showProblem } from '../toast';
import { TableCards } from './cards';
import { downloadText, toCsv } from './csv';
import { TableGrid } from './grid';
import { Pagination } from './pagination';
import { activeFilters, formatSort, parseSort, type SearchPatch, type TableSearch } from './search';
import { TableToolbar } from './toolbar';
import { type BulkAction, FEATURES, type ListQuery, type TableColumn } from './types';

const NO_ROWS: never[] = [];

interface DataTableProps<Row extends { id: string }> {
  /** Names this list in the browser's storage. */
  id: string;
  /** Names it for screen readers. */
  label: string;
  columns: readonly TableColumn<Row>[];
  query: ListQuery<Row>;
  search: TableSearch;
  /** Changes the URL; pass the patch through `patchSearch`. */
  onSearch: (patch: SearchPatch) => void;
  rowName: (row: Row) => string;
  onOpen?: (row: Row) => void;
  bulkActions?: readonly BulkAction<Row>[];
  /** Reads all rows that match, for the export; where absent, only a list of one page is exported. */
  readAll?: () => Promise<Row[]>;
  /** What an empty list without filters says: usually an `EmptyState` with the next step. */
  empty: ReactNode;
  /** A `FilterBar` above the rows. */
  filters?: ReactNode;
}

/**
 * A list as people work with it: sorted and paged by the server with its state in the URL, columns and
 * views by choice, selection by keyboard, export; cards on a phone; and always one of the four states.
 */
export function DataTable<Row extends { id: string }>(props: DataTableProps<Row>): ReactNode {
  const {
    id,
    label,
    columns,
    query,
    search,
    onSearch,
    rowName,
    onOpen,
    bulkActions = [],
    empty,
    filters,
  } = props;
  const { t } = useTranslation('ui');
  const isWide = useMediaQuery('(min-width: 48rem)');
  const [hidden, setHidden] = useStored<string[]>(
    `karavan.table.${id}.hidden`,
    columns.filter((column) => column.isHiddenAtFirst === true).map((column) => column.id),
  );
  const [selection, setSelection] = useState<RowSelectionState>({});
  const columnsById = useMemo(
    () => new Map(columns.map((column) => [column.id, column])),
    [columns],
  );
  const definitions = useMemo<ColumnDef<typeof FEATURES, Row>[]>(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        accessorFn: (row: Row) => column.text?.(row) ?? '',
        enableSorting: column.isSortable === true,
        sortDescFirst: false,
      })),
    [columns],
  );
  const rows = query.data?.items ?? NO_ROWS;
  const table = useTable({
    features: FEATURES,
    columns: definitions,
    data: rows,
    getRowId: (row) => row.id,
    manualSorting: true,
    state: {
      rowSelection: selection,
      sorting: parseSort(search.sort),
      columnVisibility: Object.fromEntries(hidden.map((column) => [column, false])),
    },
    onRowSelectionChange: setSelection,
    onSortingChange: (updater) => {
      const next = typeof updater === 'function' ? updater(parseSort(search.sort)) : updater;
      onSearch({ sort: formatSort(next) });
    },
  });
  const { exportRows, isExporting } = useExport(props, hidden);
  const selected = rows.filter((row) => selection[row.id] === true);
  const isFiltered = activeFilters(search).length > 0;
  const layout = { table, columnsById, rowName, onOpen, canSelect: bulkActions.length > 0, label };
  const resetFilters = (): void =>
    onSearch(Object.fromEntries(activeFilters(search).map((name) => [name, undefined])));

  return (
    <Card isFlush>
      <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-3 py-2">
        {selected.length > 0 ? (
          <SelectionBar rows={selected} actions={bulkActions} onClear={() => setSelection({})} />
        ) : (
          <>
            {filters ?? <span />}
            <TableToolbar
              tableId={id}
              columns={columns}
              hidden={hidden}
              onHidden={setHidden}
              search={search}
              onView={(view) => onSearch({ ...blank(search), ...view })}
              onExport={exportRows}
              isExporting={isExporting}
            />
          </>
        )}
      </div>
      {query.data === undefined ? (
        <Awaiting query={query} skeleton={<SkeletonRows />} />
      ) : rows.length === 0 ? (
        isFiltered ? (
          <EmptyState
            title={t('table.nothing_matches')}
            text={t('table.nothing_matches_text')}
            action={<Button onClick={resetFilters}>{t('table.reset_filters')}</Button>}
          />
        ) : (
          empty
        )
      ) : (
        <div aria-busy={query.isPlaceholderData}>
          {isWide ? <TableGrid {...layout} /> : <TableCards {...layout} />}
        </div>
      )}
      {query.data !== undefined && query.data.total > 0 && (
        <Pagination {...query.data} onSearch={onSearch} />
      )}
    </Card>
  );
}

function blank(search: TableSearch): SearchPatch {
  return Object.fromEntries(Object.keys(search).map((name) => [name, undefined]));
}

interface SelectionBarProps<Row> {
  rows: Row[];
  actions: readonly BulkAction<Row>[];
  onClear: () => void;
}

function SelectionBar<Row>({ rows, actions, onClear }: SelectionBarProps<Row>): ReactNode {
  const { t } = useTranslation('ui');
  return (
    <div className="flex flex-1 flex-wrap items-center gap-2">
      <span role="status" className="px-1 text-body font-medium">
        {t('table.selected', { count: rows.length })}
      </span>
      {actions.map((action) => (
        <Button
          key={action.label}
          size="small"
          variant={action.isDangerous === true ? 'danger' : 'secondary'}
          onClick={() => action.run(rows)}
        >
          {action.label}
        </Button>
      ))}
      <Button size="small" variant="quiet" onClick={onClear}>
        {t('table.deselect')}
      </Button>
    </div>
  );
}

function useExport<Row extends { id: string }>(
  { id, columns, query, readAll }: DataTableProps<Row>,
  hidden: readonly string[],
): { exportRows: (() => void) | undefined; isExporting: boolean } {
  const { t } = useTranslation('ui');
  const [isExporting, setIsExporting] = useState(false);
  const run = async (): Promise<void> => {
    setIsExporting(true);
    try {
      const rows = readAll === undefined ? (query.data?.items ?? []) : await readAll();
      const shown = columns.filter((column) => !hidden.includes(column.id));
      downloadText(
        `${id}.csv`,
        toCsv(shown, rows, {
          separator: currentLanguage() === 'en' ? ',' : ';',
          currency: t('money.currency'),
        }),
      );
    } catch (error) {
      showProblem(error);
    } finally {
      setIsExporting(false);
    }
  };
  const isWhole = readAll !== undefined || (query.data?.pages ?? 1) <= 1;
  return { exportRows: isWhole ? () => void run() : undefined, isExporting };
}
