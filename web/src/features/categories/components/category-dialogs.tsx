import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { type CategoryPage, useCategoryNames } from '@/shared/categories/tree';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { showDone } from '@/shared/ui/toast';

import {
  useArchiveCategory,
  useDeleteCategory,
  useMoveCategory,
  useRestoreCategory,
} from '../api/mutations';
import { CategoryDialog } from '../forms/category-dialog';
import { PlaceDialog } from '../forms/place-dialogs';

export type OpenDialog = 'add' | 'edit' | 'move' | 'archive' | 'restore' | 'delete';

interface CategoryDialogsProps {
  category: CategoryPage;
  open: OpenDialog | null;
  onClose: () => void;
  onSelect: (id: string | null) => void;
}

/** What can be asked about one category. */
export function CategoryDialogs({
  category,
  open,
  onClose,
  onSelect,
}: CategoryDialogsProps): ReactNode {
  const { t } = useTranslation('categories');
  const names = useCategoryNames();
  const move = useMoveCategory();
  const archive = useArchiveCategory();
  const restore = useRestoreCategory();
  const remove = useDeleteCategory();
  const name = names.of(category);
  const shared = { onClose, category };
  return (
    <>
      <CategoryDialog
        isOpen={open === 'add' || open === 'edit'}
        onClose={onClose}
        title={open === 'add' ? t('add_below_named', { name }) : t('edit')}
        category={open === 'edit' ? category : null}
        parentId={category.id}
        onDone={onSelect}
      />
      <PlaceDialog
        {...shared}
        isOpen={open === 'move'}
        title={t('move_named', { name })}
        text={t('move_text')}
        label={t('move_to')}
        hint={t('move_hint')}
        placeholder={t('as_root')}
        submitLabel={t('move')}
        start={category.parent_id}
        onSubmit={(parentId) =>
          move.mutateAsync({
            id: category.id,
            version: category.version,
            parent_id: parentId,
            position: null,
          })
        }
      />
      <PlaceDialog
        {...shared}
        isOpen={open === 'archive'}
        title={t('archive_named', { name })}
        text={t('archive_text')}
        label={t('archive_to')}
        hint={t('archive_hint')}
        placeholder={t('no_target')}
        submitLabel={t('archive')}
        isDangerous
        start={null}
        onSubmit={(targetId) => archive.mutateAsync({ category, targetId })}
      />
      <ConfirmDialog
        isOpen={open === 'restore'}
        onClose={onClose}
        title={t('restore_named', { name })}
        text={t('restore_text')}
        confirmLabel={t('restore')}
        onConfirm={() => restore.mutateAsync(category)}
      />
      <ConfirmDialog
        isOpen={open === 'delete'}
        onClose={onClose}
        title={t('delete_named', { name })}
        text={t('delete_text')}
        confirmLabel={t('delete')}
        isDangerous
        onConfirm={async () => {
          await remove.mutateAsync(category);
          showDone(t('deleted'));
          onSelect(category.parent_id);
        }}
      />
    </>
  );
}
