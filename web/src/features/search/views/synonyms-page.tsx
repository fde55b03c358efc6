import { useQuery } from '@tanstack/react-query';
import { ArrowRight, Languages, Pencil, Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { LANGUAGE_NAMES } from '@/shared/i18n/languages';
import { useCan } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { FilterBar } from '@/shared/ui/filter-bar';
import { IconButton } from '@/shared/ui/icon-button';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { DateTime } from '@/shared/ui/values';

import { type Synonym, type SynonymsSearch, synonymsQuery, useRemoveSynonym } from '../api/queries';
import { SynonymDialog } from '../forms/synonym-dialog';

interface SynonymsPageProps {
  search: SynonymsSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** Words that searches take for one another, to change them. */
export function SynonymsPage(props: SynonymsPageProps): ReactNode {
  const { t } = useTranslation('search');
  const isAllowed = useCan()('synonyms:manage');
  const [edited, setEdited] = useState<Synonym | 'new' | null>(null);
  return (
    <PageBody>
      <PageHeader
        title={t('synonyms.title')}
        text={t('synonyms.text')}
        actions={
          isAllowed && (
            <Button variant="primary" icon={Plus} onClick={() => setEdited('new')}>
              {t('synonyms.add')}
            </Button>
          )
        }
      />
      {isAllowed ? (
        <Entries {...props} onEdit={setEdited} />
      ) : (
        <Card>
          <EmptyState title={t('synonyms.forbidden')} text={t('synonyms.forbidden_text')} />
        </Card>
      )}
      <SynonymDialog
        isOpen={edited !== null}
        onClose={() => setEdited(null)}
        entry={edited === 'new' ? null : edited}
      />
    </PageBody>
  );
}

function Entries({
  search,
  onSearch,
  onEdit,
}: SynonymsPageProps & { onEdit: (entry: Synonym | 'new') => void }): ReactNode {
  const { t } = useTranslation('search');
  const query = useQuery(synonymsQuery(search));
  const remove = useRemoveSynonym();
  const [removed, setRemoved] = useState<Synonym | null>(null);
  const columns: TableColumn<Synonym>[] = [
    {
      id: 'terms',
      header: t('synonyms.terms'),
      isPrimary: true,
      text: (row) => row.terms.join(', '),
      cell: (row) => <Meaning entry={row} />,
    },
    {
      id: 'language',
      header: t('synonyms.language'),
      text: (row) => row.language,
      cell: (row) => LANGUAGE_NAMES[row.language],
    },
    {
      id: 'updated_at',
      header: t('synonyms.updated'),
      text: (row) => ({ at: row.updated_at }),
      cell: (row) => <DateTime value={row.updated_at} />,
    },
    {
      id: 'actions',
      header: t('synonyms.actions'),
      cell: (row) => (
        <span className="flex justify-end gap-1 md:justify-start">
          <IconButton icon={Pencil} label={t('synonyms.edit')} onClick={() => onEdit(row)} />
          <IconButton icon={Trash2} label={t('synonyms.remove')} onClick={() => setRemoved(row)} />
        </span>
      ),
    },
  ];
  return (
    <>
      <DataTable
        id="synonyms"
        label={t('synonyms.title')}
        columns={columns}
        query={query}
        search={search}
        onSearch={onSearch}
        rowName={(row) => row.terms.join(', ')}
        empty={
          <EmptyState
            icon={Languages}
            title={t('synonyms.empty')}
            text={t('synonyms.empty_text')}
            action={<Button onClick={() => onEdit('new')}>{t('synonyms.add')}</Button>}
          />
        }
        filters={<FilterBar q={search.q} onSearch={onSearch} />}
      />
      <ConfirmDialog
        isOpen={removed !== null}
        onClose={() => setRemoved(null)}
        onConfirm={async () => {
          if (removed === null) return;
          await remove.mutateAsync(removed);
          showDone(t('synonyms.removed'));
        }}
        title={t('synonyms.remove')}
        text={removed?.terms.join(', ')}
        confirmLabel={t('synonyms.remove')}
        isDangerous
      />
    </>
  );
}

function Meaning({ entry }: { entry: Synonym }): ReactNode {
  const { t } = useTranslation('search');
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5" lang={entry.language}>
      <span className="font-medium">{entry.terms.join(', ')}</span>
      {entry.replacements.length > 0 && (
        <>
          <ArrowRight role="img" aria-label={t('synonyms.finds')} className="size-4 text-muted" />
          <span>{entry.replacements.join(', ')}</span>
        </>
      )}
    </span>
  );
}
