import { useQuery } from '@tanstack/react-query';
import { FolderTree, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { categoryQuery, categorySearchQuery, useCategoryNames } from '@/shared/categories/tree';
import { useDebounced } from '@/shared/hooks/browser';
import { useCan } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { Switch } from '@/shared/ui/choice';
import { classes } from '@/shared/ui/classes';
import { SearchInput } from '@/shared/ui/input';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';

import { useMoveCategory } from '../api/mutations';
import { CategoryPanel } from '../components/category-panel';
import { CategoryTree } from '../components/category-tree';
import { CategoryDialog } from '../forms/category-dialog';
import type { CategoriesPatch, CategoriesSearch } from '../model/search';

interface CategoryDeskProps {
  search: CategoriesSearch;
  onSearch: (patch: CategoriesPatch) => void;
}

/** The platform's tree of categories, to change it. */
export function CategoryDesk(props: CategoryDeskProps): ReactNode {
  const { t } = useTranslation('categories');
  const isAllowed = useCan()('categories:manage');
  const [isAdding, setIsAdding] = useState(false);
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          isAllowed && (
            <Button variant="primary" icon={Plus} onClick={() => setIsAdding(true)}>
              {t('add_root')}
            </Button>
          )
        }
      />
      {isAllowed ? (
        <Desk {...props} />
      ) : (
        <Card>
          <EmptyState title={t('forbidden')} text={t('forbidden_text')} />
        </Card>
      )}
      <CategoryDialog
        isOpen={isAdding}
        onClose={() => setIsAdding(false)}
        title={t('add_root')}
        category={null}
        parentId={null}
        onDone={(category) => props.onSearch({ category })}
      />
    </PageBody>
  );
}

function Desk({ search, onSearch }: CategoryDeskProps): ReactNode {
  const { t } = useTranslation('categories');
  const selectedId = search.category ?? null;
  const [draft, setDraft] = useState('');
  const words = useDebounced(draft.trim());
  const select = (category: string | null): void => onSearch({ category: category ?? undefined });
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <Card isFlush className={classes(selectedId !== null && 'hidden lg:block')}>
        <div className="flex flex-wrap items-center gap-3 border-b border-line p-3">
          <SearchInput
            value={draft}
            onChange={setDraft}
            label={t('picker.search')}
            className="min-w-48 flex-1"
          />
          <Switch
            label={t('show_archived')}
            isOn={search.archived ?? false}
            onChange={(isOn) => onSearch({ archived: isOn ? true : undefined })}
          />
        </div>
        {words === '' ? (
          <Tree selectedId={selectedId} withArchived={search.archived ?? false} onSelect={select} />
        ) : (
          <Hits words={words} onSelect={select} />
        )}
        <p className="hidden border-t border-line p-3 text-small text-muted lg:block">
          {t('keys')}
        </p>
      </Card>
      {selectedId === null ? (
        <Card className="hidden lg:block">
          <EmptyState icon={FolderTree} title={t('choose')} text={t('choose_text')} />
        </Card>
      ) : (
        <CategoryPanel key={selectedId} id={selectedId} onSelect={select} />
      )}
    </div>
  );
}

interface TreeProps {
  selectedId: string | null;
  withArchived: boolean;
  onSelect: (id: string) => void;
}

function Tree({ selectedId, withArchived, onSelect }: TreeProps): ReactNode {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const move = useMoveCategory();
  const { data: selected } = useQuery({
    ...categoryQuery(selectedId ?? ''),
    enabled: selectedId !== null,
  });
  // What is chosen elsewhere, by its address or a search, is to be seen in the tree.
  const above = selected?.path.map(({ id }) => id).join(' ') ?? '';
  useEffect(() => {
    if (above !== '') setOpen((now) => new Set([...now, ...above.split(' ')]));
  }, [above]);
  return (
    <CategoryTree
      withArchived={withArchived}
      selectedId={selectedId}
      open={open}
      onOpen={(id, isOpen) =>
        setOpen((now) => {
          const next = new Set(now);
          if (isOpen) next.add(id);
          else next.delete(id);
          return next;
        })
      }
      onSelect={onSelect}
      onMove={(wanted) => move.mutate(wanted)}
    />
  );
}

function Hits({ words, onSelect }: { words: string; onSelect: (id: string) => void }): ReactNode {
  const { t } = useTranslation('categories');
  const names = useCategoryNames();
  const query = useQuery(categorySearchQuery(words));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<SkeletonRows rows={6} />} />;
  if (data.items.length === 0) return <EmptyState title={t('picker.nothing')} />;
  return (
    <ul className="p-1.5">
      {data.items.map((hit) => (
        <li key={hit.id}>
          <button
            type="button"
            onClick={() => onSelect(hit.id)}
            className="min-h-11 w-full rounded-base px-3 py-1.5 text-left hover:bg-hover"
          >
            <span className="block truncate text-body">{names.of(hit)}</span>
            <span className="block truncate text-small text-muted">{names.path(hit.path)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
