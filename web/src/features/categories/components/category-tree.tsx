import type { DragEvent, KeyboardEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CategoryNode } from '@/shared/categories/tree';

import type { Move } from '../api/mutations';
import { type Drop, type Place, placeOfDrop, placeOfKey, type TreeRow } from '../model/moves';
import { TreeLevel } from './tree-level';

interface CategoryTreeProps {
  withArchived: boolean;
  selectedId: string | null;
  /** Categories whose children are shown. */
  open: ReadonlySet<string>;
  onOpen: (id: string, isOpen: boolean) => void;
  onSelect: (id: string) => void;
  onMove: (move: Move) => void;
}

export interface DropMark {
  id: string;
  drop: Drop;
}

/** The tree, a level at a time: arrows walk it, Alt with an arrow moves a branch, and so does dragging. */
export function CategoryTree(props: CategoryTreeProps): ReactNode {
  const { withArchived, selectedId, open, onOpen, onSelect, onMove } = props;
  const { t } = useTranslation('categories');
  const root = useRef<HTMLDivElement>(null);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const [mark, setMark] = useState<DropMark | null>(null);
  const dragged = useRef<CategoryNode | null>(null);

  const move = (node: Pick<CategoryNode, 'id' | 'version'>, place: Place | null): void => {
    if (place === null) return;
    if (place.parent_id !== null) onOpen(place.parent_id, true);
    onMove({ id: node.id, version: node.version, ...place });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const items = itemsOf(root.current);
    const index = items.findIndex((item) => item === document.activeElement);
    const item = items[index];
    if (item === undefined) return;
    const id = item.dataset['id'] ?? '';
    if (event.altKey && event.key.startsWith('Arrow')) {
      event.preventDefault();
      const version = Number(item.dataset['version']);
      move({ id, version }, placeOfKey(rowsOf(items), id, event.key));
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const isOpen = item.getAttribute('aria-expanded');
    const steps: Record<string, () => void> = {
      ArrowDown: () => items[index + 1]?.focus(),
      ArrowUp: () => items[index - 1]?.focus(),
      Home: () => items[0]?.focus(),
      End: () => items.at(-1)?.focus(),
      Enter: () => onSelect(id),
      ' ': () => onSelect(id),
      ArrowRight: () => (isOpen === 'false' ? onOpen(id, true) : items[index + 1]?.focus()),
      ArrowLeft: () =>
        isOpen === 'true'
          ? onOpen(id, false)
          : items.find((one) => one.dataset['id'] === item.dataset['parent'])?.focus(),
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    step();
  };
  const onDragOver = (event: DragEvent, node: CategoryNode): void => {
    if (dragged.current === null) return;
    const drop = dropAt(event);
    const rows = rowsOf(itemsOf(root.current));
    if (placeOfDrop(rows, dragged.current.id, node.id, drop) === null) {
      setMark(null);
      return;
    }
    event.preventDefault();
    setMark((now) => (now?.id === node.id && now.drop === drop ? now : { id: node.id, drop }));
  };
  const onDrop = (event: DragEvent, node: CategoryNode): void => {
    event.preventDefault();
    setMark(null);
    const moved = dragged.current;
    dragged.current = null;
    if (moved === null) return;
    move(moved, placeOfDrop(rowsOf(itemsOf(root.current)), moved.id, node.id, dropAt(event)));
  };
  return (
    // The rows take the focus; the keys are heard here, for all of them.
    <div
      ref={root}
      role="tree"
      tabIndex={-1}
      aria-label={t('tree')}
      onKeyDown={onKeyDown}
      className="p-1.5"
    >
      <TreeLevel
        parentId={null}
        level={1}
        withArchived={withArchived}
        open={open}
        selectedId={selectedId}
        focusedId={focusedId}
        mark={mark}
        onFocus={setFocusedId}
        onOpen={onOpen}
        onSelect={onSelect}
        onDragStart={(node) => {
          dragged.current = node;
        }}
        onDragOver={onDragOver}
        onDragEnd={() => {
          dragged.current = null;
          setMark(null);
        }}
        onDrop={onDrop}
      />
    </div>
  );
}

function itemsOf(root: HTMLElement | null): HTMLElement[] {
  return root === null ? [] : [...root.querySelectorAll<HTMLElement>('[role="treeitem"]')];
}

function rowsOf(items: readonly HTMLElement[]): TreeRow[] {
  return items.map((item) => ({
    id: item.dataset['id'] ?? '',
    parentId: item.dataset['parent'] ?? null,
  }));
}

/** The upper quarter of a row means before it, the lower one after it, the middle into it. */
function dropAt(event: DragEvent): Drop {
  const box = event.currentTarget.getBoundingClientRect();
  const part = (event.clientY - box.top) / box.height;
  if (part < 0.25) return 'before';
  return part > 0.75 ? 'after' : 'into';
}
