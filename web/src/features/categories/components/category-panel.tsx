import { useQuery } from '@tanstack/react-query';
import {
  ArrowLeft,
  Ellipsis,
  FolderInput,
  Archive,
  Pencil,
  Plus,
  RotateCcw,
  Trash2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type CategoryPage, categoryQuery, useCategoryNames } from '@/shared/categories/tree';
import { Awaiting } from '@/shared/ui/awaiting';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { IconButton } from '@/shared/ui/icon-button';
import { DropdownMenu, MenuItem } from '@/shared/ui/menu';
import { Card, DescriptionList } from '@/shared/ui/page';
import { SkeletonText } from '@/shared/ui/states';

import { AttributeList } from './attribute-list';
import { CategoryDialogs, type OpenDialog } from './category-dialogs';

interface CategoryPanelProps {
  id: string;
  /** Shows another category, or none. */
  onSelect: (id: string | null) => void;
}

/** One category: what it is called, what can be done with it, and what its products are asked for. */
export function CategoryPanel({ id, onSelect }: CategoryPanelProps): ReactNode {
  const query = useQuery(categoryQuery(id));
  const { data } = query;
  if (data === undefined)
    return (
      <Card>
        <Awaiting query={query} skeleton={<SkeletonText lines={8} />} />
      </Card>
    );
  return <Panel category={data} onSelect={onSelect} />;
}

function Panel({
  category,
  onSelect,
}: {
  category: CategoryPage;
  onSelect: (id: string | null) => void;
}): ReactNode {
  const { t } = useTranslation('categories');
  const names = useCategoryNames();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const may = (action: CategoryPage['actions'][number]): boolean =>
    category.actions.includes(action);
  return (
    <Card className="flex flex-col gap-6">
      <div className="flex flex-col gap-3">
        <Button
          size="small"
          variant="quiet"
          icon={ArrowLeft}
          className="self-start lg:hidden"
          onClick={() => onSelect(null)}
        >
          {t('to_tree')}
        </Button>
        <div className="flex flex-wrap items-start justify-between gap-3">
          <div className="min-w-0">
            <p className="text-small text-muted">{names.path(category.path)}</p>
            <h2 className="flex flex-wrap items-center gap-2 text-title font-semibold">
              {names.of(category)}
              {category.archived_at !== null && <Badge>{t('archived')}</Badge>}
            </h2>
          </div>
          <div className="flex items-center gap-2">
            {may('edit') && category.archived_at === null && (
              <Button size="small" icon={Plus} onClick={() => setDialog('add')}>
                {t('add_below')}
              </Button>
            )}
            {category.actions.length > 0 && (
              <DropdownMenu
                trigger={
                  <IconButton
                    icon={Ellipsis}
                    size="small"
                    label={t('more', { name: names.of(category) })}
                  />
                }
              >
                <MenuItem icon={Pencil} onSelect={() => setDialog('edit')}>
                  {t('edit')}
                </MenuItem>
                <MenuItem icon={FolderInput} onSelect={() => setDialog('move')}>
                  {t('move')}
                </MenuItem>
                {may('archive') && (
                  <MenuItem icon={Archive} onSelect={() => setDialog('archive')}>
                    {t('archive')}
                  </MenuItem>
                )}
                {may('restore') && (
                  <MenuItem icon={RotateCcw} onSelect={() => setDialog('restore')}>
                    {t('restore')}
                  </MenuItem>
                )}
                {may('delete') && (
                  <MenuItem icon={Trash2} isDangerous onSelect={() => setDialog('delete')}>
                    {t('delete')}
                  </MenuItem>
                )}
              </DropdownMenu>
            )}
          </div>
        </div>
      </div>
      <DescriptionList
        items={[
          { term: t('names.en'), value: category.names.en },
          { term: t('names.ru'), value: category.names.ru },
          { term: t('names.kk'), value: category.names.kk },
          { term: t('code'), value: <code className="font-mono">{category.code}</code> },
        ]}
      />
      <AttributeList category={category} />
      <CategoryDialogs
        category={category}
        open={dialog}
        onClose={() => setDialog(null)}
        onSelect={onSelect}
      />
    </Card>
  );
}
