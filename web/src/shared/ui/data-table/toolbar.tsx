import { Bookmark, Columns3, Download, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useStored } from '@/shared/hooks/browser';

import { Button } from '../button';
import { Field } from '../field';
import { IconButton } from '../icon-button';
import { Input } from '../input';
import { DropdownMenu, MenuCheck, Popover } from '../menu';
import type { SearchPatch, TableSearch } from './search';
import type { TableColumn } from './types';

interface SavedView {
  name: string;
  search: SearchPatch;
  hidden: string[];
}

interface ToolbarProps<Row> {
  tableId: string;
  columns: readonly TableColumn<Row>[];
  hidden: readonly string[];
  onHidden: (hidden: string[]) => void;
  search: TableSearch;
  /** Replaces the whole search by that of a view. */
  onView: (search: SearchPatch) => void;
  /** Absent where the rest of a longer list is out of reach: a part of it would pass for the whole. */
  onExport: (() => void) | undefined;
  isExporting: boolean;
}

/** Columns, views and export of a list. */
export function TableToolbar<Row>(props: ToolbarProps<Row>): ReactNode {
  const { t } = useTranslation('ui');
  const { columns, hidden, onHidden, onExport, isExporting } = props;
  const canExport = onExport !== undefined && columns.some((column) => column.text !== undefined);
  return (
    <div className="flex flex-wrap gap-1">
      <ViewsMenu {...props} />
      <DropdownMenu
        trigger={
          <Button variant="quiet" size="small" icon={Columns3}>
            {t('table.columns')}
          </Button>
        }
      >
        {columns
          .filter((column) => column.isPrimary !== true)
          .map((column) => (
            <MenuCheck
              key={column.id}
              isChecked={!hidden.includes(column.id)}
              onChange={(isShown) =>
                onHidden(isShown ? hidden.filter((id) => id !== column.id) : [...hidden, column.id])
              }
            >
              {column.header}
            </MenuCheck>
          ))}
      </DropdownMenu>
      {canExport && (
        <Button
          variant="quiet"
          size="small"
          icon={Download}
          isPending={isExporting}
          onClick={onExport}
        >
          {t('table.export')}
        </Button>
      )}
    </div>
  );
}

function ViewsMenu<Row>({
  tableId,
  hidden,
  onHidden,
  search,
  onView,
}: ToolbarProps<Row>): ReactNode {
  const { t } = useTranslation('ui');
  const [views, setViews] = useStored<SavedView[]>(`karavan.table.${tableId}.views`, []);
  const [name, setName] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const save = (): void => {
    const trimmed = name.trim();
    if (trimmed === '') return;
    const kept = { ...search, page: undefined };
    setViews([
      ...views.filter((view) => view.name !== trimmed),
      { name: trimmed, search: kept, hidden: [...hidden] },
    ]);
    setName('');
    setIsOpen(false);
  };
  const apply = (view: SavedView | null): void => {
    onView(view?.search ?? {});
    if (view !== null) onHidden(view.hidden);
    setIsOpen(false);
  };
  return (
    <Popover
      label={t('table.views')}
      align="start"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button variant="quiet" size="small" icon={Bookmark}>
          {t('table.views')}
        </Button>
      }
    >
      <div className="flex flex-col gap-1">
        <Button variant="quiet" className="justify-start" onClick={() => apply(null)}>
          {t('table.view_default')}
        </Button>
        {views.map((view) => (
          <div key={view.name} className="flex items-center">
            <Button
              variant="quiet"
              className="min-w-0 flex-1 justify-start"
              onClick={() => apply(view)}
            >
              <span className="truncate">{view.name}</span>
            </Button>
            <IconButton
              icon={Trash2}
              size="small"
              label={t('table.view_delete', { name: view.name })}
              onClick={() => setViews(views.filter((one) => one.name !== view.name))}
            />
          </div>
        ))}
        <form
          className="mt-2 flex items-end gap-2 border-t border-line pt-3"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Field label={t('table.view_name')} isRequired className="flex-1">
            <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Button type="submit">{t('table.save')}</Button>
        </form>
      </div>
    </Popover>
  );
}
