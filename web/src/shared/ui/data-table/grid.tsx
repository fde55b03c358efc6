import type { ReactTable } from '@tanstack/react-table';
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Checkbox } from '../choice';
import { classes } from '../classes';
import type { FEATURES, TableColumn } from './types';

export interface LayoutProps<Row extends object> {
  table: ReactTable<typeof FEATURES, Row>;
  columnsById: ReadonlyMap<string, TableColumn<Row>>;
  /** Says what a row is called, for screen readers. */
  rowName: (row: Row) => string;
  onOpen: ((row: Row) => void) | undefined;
  canSelect: boolean;
  label: string;
}

/** The wide layout: a table with a sticky header, driven by keyboard as well. */
export function TableGrid<Row extends object>(props: LayoutProps<Row>): ReactNode {
  const { table, columnsById, rowName, onOpen, canSelect, label } = props;
  const { t } = useTranslation('ui');
  const { active, setActive, onKeyDown } = useRowKeys(props);
  const rows = table.getRowModel().rows;
  return (
    <div className="max-h-[75dvh] overflow-auto">
      <table className="w-full border-separate border-spacing-0 text-body" aria-label={label}>
        <thead className="sticky top-0 z-10">
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {canSelect && (
                <th scope="col" className="w-10 border-b border-line bg-sunken py-2 pl-4">
                  <Checkbox
                    isLabelHidden
                    label={t('table.select_all')}
                    isChecked={
                      table.getIsAllRowsSelected()
                        ? true
                        : table.getIsSomeRowsSelected()
                          ? 'some'
                          : false
                    }
                    onChange={(isChecked) => table.toggleAllRowsSelected(isChecked)}
                  />
                </th>
              )}
              {group.headers.map((header) => (
                <HeaderCell
                  key={header.id}
                  column={columnsById.get(header.column.id)}
                  sorted={header.column.getIsSorted()}
                  onSort={() => header.column.toggleSorting()}
                />
              ))}
            </tr>
          ))}
        </thead>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- rows take the keys; the pointer has checkboxes and links */}
        <tbody onKeyDown={onKeyDown}>
          {rows.map((row, index) => (
            <tr
              key={row.id}
              data-row={index}
              tabIndex={index === active ? 0 : -1}
              onFocus={() => setActive(index)}

              onClick={(event) => {
                if (isPlainRowClick(event.target)) onOpen?.(row.original);
              }}
              className={classes(
                'group -outline-offset-2',
                onOpen !== undefined && 'cursor-pointer hover:bg-hover',
                row.getIsSelected() && 'bg-accent-soft',
              )}
            >
              {canSelect && (
                <td className="border-b border-line py-2 pl-4 align-middle">
                  <Checkbox
                    isLabelHidden
                    label={t('table.select_row', { name: rowName(row.original) })}
                    isChecked={row.getIsSelected()}
                    onChange={(isChecked) => row.toggleSelected(isChecked)}
                  />
                </td>
              )}
              {row.getVisibleCells().map((cell) => {
                const column = columnsById.get(cell.column.id);
                return (
                  <td
                    key={cell.id}
                    className={classes(
                      'h-11 border-b border-line px-4 py-2 align-middle',
                      column?.isNumeric === true && 'text-right tabular',
                      column?.isPrimary === true && 'min-w-56 font-medium',
                    )}
                  >
                    {column?.cell(row.original)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeaderCellProps<Row> {
  column: TableColumn<Row> | undefined;
  sorted: false | 'asc' | 'desc';
  onSort: () => void;
}

function HeaderCell<Row>({ column, sorted, onSort }: HeaderCellProps<Row>): ReactNode {
  const { t } = useTranslation('ui');
  if (column === undefined) return null;
  const Icon = sorted === 'asc' ? ArrowUp : sorted === 'desc' ? ArrowDown : ChevronsUpDown;
  return (
    <th
      scope="col"
      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
      className={classes(
        'border-b border-line bg-sunken px-4 py-2 text-small font-medium whitespace-nowrap text-muted',
        column.isNumeric === true ? 'text-right' : 'text-left',
      )}
    >
      {column.isSortable === true ? (
        <button
          type="button"
          onClick={onSort}
          title={t('table.sort_by', { column: column.header })}
          className={classes(
            'inline-flex items-center gap-1 rounded-base hover:text-ink',
            sorted !== false && 'text-ink',
          )}
        >
          {column.header}
          <Icon aria-hidden className="size-3.5" />
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

/** A click on a control or on selected text means that, not the row. */
function isPlainRowClick(target: EventTarget): boolean {
  const isControl =
    target instanceof Element &&
    target.closest('a, button, input, label, [role=checkbox]') !== null;
  return !isControl && (getSelection()?.toString() ?? '') === '';
}

interface RowKeys {
  active: number;
  setActive: (index: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/** Arrows move, Shift-arrows select on the way, Space selects, Ctrl-A selects all, Enter opens. */
function useRowKeys<Row extends object>({ table, onOpen, canSelect }: LayoutProps<Row>): RowKeys {
  const [active, setActive] = useState(0);
  const rows = table.getRowModel().rows;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const current = event.target instanceof HTMLElement ? event.target.closest('tr') : null;
    // Keys typed into a control inside the row belong to that control.
    if (current === null || event.target !== current) return;
    const row = rows[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const next = Math.min(
        rows.length - 1,
        Math.max(0, active + (event.key === 'ArrowDown' ? 1 : -1)),
      );
      if (event.shiftKey && canSelect) {
        row?.toggleSelected(true);
        rows[next]?.toggleSelected(true);
      }
      setActive(next);
      current.parentElement?.querySelector<HTMLElement>(`[data-row="${String(next)}"]`)?.focus();
    } else if (event.key === ' ' && canSelect) {
      event.preventDefault();
      row?.toggleSelected();
    } else if (event.code === 'KeyA' && (event.ctrlKey || event.metaKey) && canSelect) {
      event.preventDefault();
      table.toggleAllRowsSelected(true);
    } else if (event.key === 'Enter' && row !== undefined) {
      onOpen?.(row.original);
    }
  };
  return { active: Math.min(active, Math.max(0, rows.length - 1)), setActive, onKeyDown };
}
