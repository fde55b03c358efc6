import { useQuery } from '@tanstack/react-query';
import { BookmarkPlus, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCategories } from '@/shared/categories/categories';
import { useCan } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch, TableSearch } from '@/shared/ui/data-table/search';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { FilterBar } from '@/shared/ui/filter-bar';
import { IconButton } from '@/shared/ui/icon-button';
import { ButtonLink } from '@/shared/ui/link';
import { DropdownMenu, MenuItem } from '@/shared/ui/menu';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { DateTime } from '@/shared/ui/values';

import {
  templatesQuery,
  type TemplateView,
  useDeleteTemplate,
  useRenameTemplate,
  useTemplateDraft,
} from '../api/queries';
import { NameDialog } from '../components/name-dialog';

interface TemplateListProps {
  search: TableSearch;
  onSearch: (patch: SearchPatch) => void;
  onUsed: (requestId: string) => void;
}

/** The organisation's templates of requests. */
export function TemplateList({ search, onSearch, onUsed }: TemplateListProps): ReactNode {
  const { t } = useTranslation('templates');
  const can = useCan();
  const categories = useCategories();
  const query = useQuery(templatesQuery(search));
  const [renamed, setRenamed] = useState<TemplateView | null>(null);
  const [deleted, setDeleted] = useState<TemplateView | null>(null);
  const columns: TableColumn<TemplateView>[] = [
    {
      id: 'name',
      header: t('columns.name'),
      isPrimary: true,
      isSortable: true,
      text: (row) => row.name,
      cell: (row) => <span className="font-medium">{row.name}</span>,
    },
    {
      id: 'subject',
      header: t('columns.subject'),
      text: (row) => row.content.title,
      cell: (row) => row.content.title,
    },
    {
      id: 'category',
      header: t('columns.category'),
      text: (row) => categories.label(row.content.category ?? 'other'),
      cell: (row) => categories.label(row.content.category ?? 'other'),
    },
    {
      id: 'lines',
      header: t('columns.lines'),
      isNumeric: true,
      text: (row) => row.content.lines?.length ?? 0,
      cell: (row) => row.content.lines?.length ?? 0,
    },
    {
      id: 'updated_at',
      header: t('columns.updated'),
      isSortable: true,
      text: (row) => ({ at: row.updated_at }),
      cell: (row) => <DateTime value={row.updated_at} />,
    },
  ];
  if (can('requests:write')) {
    columns.push({
      id: 'actions',
      header: t('columns.actions'),
      cell: (row) => (
        <RowActions template={row} onUsed={onUsed} onRename={setRenamed} onDelete={setDeleted} />
      ),
    });
  }
  return (
    <PageBody>
      <PageHeader title={t('title')} text={t('text')} />
      <DataTable
        id="templates"
        label={t('title')}
        columns={columns}
        query={query}
        search={search}
        onSearch={onSearch}
        rowName={(row) => row.name}
        empty={
          <EmptyState
            icon={BookmarkPlus}
            title={t('empty')}
            text={t('empty_text')}
            action={<ButtonLink to="/app/requests">{t('to_requests')}</ButtonLink>}
          />
        }
        filters={<FilterBar q={search.q} onSearch={onSearch} />}
      />
      <TemplateDialogs
        renamed={renamed}
        deleted={deleted}
        onClose={() => {
          setRenamed(null);
          setDeleted(null);
        }}
      />
    </PageBody>
  );
}

interface RowActionsProps {
  template: TemplateView;
  onUsed: (requestId: string) => void;
  onRename: (template: TemplateView) => void;
  onDelete: (template: TemplateView) => void;
}

function RowActions({ template, onUsed, onRename, onDelete }: RowActionsProps): ReactNode {
  const { t } = useTranslation('templates');
  const draft = useTemplateDraft();
  return (
    <span className="inline-flex items-center justify-end gap-1">
      <Button
        size="small"
        isPending={draft.isPending}
        onClick={() => draft.mutate(template.id, { onSuccess: ({ id }) => onUsed(id) })}
      >
        {t('use')}
      </Button>
      <DropdownMenu
        trigger={
          <IconButton icon={Ellipsis} size="small" label={t('more', { name: template.name })} />
        }
      >
        <MenuItem icon={Pencil} onSelect={() => onRename(template)}>
          {t('rename')}
        </MenuItem>
        <MenuItem icon={Trash2} isDangerous onSelect={() => onDelete(template)}>
          {t('delete')}
        </MenuItem>
      </DropdownMenu>
    </span>
  );
}

interface TemplateDialogsProps {
  renamed: TemplateView | null;
  deleted: TemplateView | null;
  onClose: () => void;
}

function TemplateDialogs({ renamed, deleted, onClose }: TemplateDialogsProps): ReactNode {
  const { t } = useTranslation('templates');
  const rename = useRenameTemplate();
  const remove = useDeleteTemplate();
  return (
    <>
      <NameDialog
        isOpen={renamed !== null}
        onClose={onClose}
        title={t('rename')}
        name={renamed?.name ?? ''}
        submitLabel={t('rename')}
        onSubmit={async (name) => {
          if (renamed === null) return;
          await rename.mutateAsync({ template: renamed, name });
          showDone(t('renamed'));
        }}
      />
      <ConfirmDialog
        isOpen={deleted !== null}
        onClose={onClose}
        title={deleted?.name ?? ''}
        text={t('delete_text')}
        confirmLabel={t('delete')}
        isDangerous
        onConfirm={async () => {
          if (deleted === null) return;
          await remove.mutateAsync(deleted.id);
          showDone(t('deleted'));
        }}
      />
    </>
  );
}
