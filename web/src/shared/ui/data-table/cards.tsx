import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Checkbox } from '../choice';
import { classes } from '../classes';
import type { LayoutProps } from './grid';

/** The narrow layout: one card a row, titled by the primary column. */
export function TableCards<Row extends object>({
  table,
  columnsById,
  rowName,
  canSelect,
  label,
}: LayoutProps<Row>): ReactNode {
  const { t } = useTranslation('ui');
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {table.getRowModel().rows.map((row) => {
        const columns = row
          .getVisibleCells()
          .map((cell) => columnsById.get(cell.column.id))
          .filter((column) => column !== undefined);
        const primary = columns.find((column) => column.isPrimary === true) ?? columns[0];
        return (
          <li
            key={row.id}
            className={classes('flex gap-3 p-4', row.getIsSelected() && 'bg-accent-soft')}
          >
            {canSelect && (
              <Checkbox
                isLabelHidden
                label={t('table.select_row', { name: rowName(row.original) })}
                isChecked={row.getIsSelected()}
                onChange={(isChecked) => row.toggleSelected(isChecked)}
              />
            )}
            <div className="min-w-0 flex-1">
              <div className="text-reading font-semibold">{primary?.cell(row.original)}</div>
              <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-small">
                {columns
                  .filter((column) => column !== primary)
                  .map((column) => ({ column, content: column.cell(row.original) }))
                  // A table needs its empty cells, a card does not.
                  .filter(({ content }) => content !== null && content !== false && content !== '')
                  .map(({ column, content }) => (
                    <div key={column.id} className="contents">
                      <dt className="text-muted">{column.header}</dt>
                      <dd className="min-w-0 text-right">{content}</dd>
                    </div>
                  ))}
              </dl>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
