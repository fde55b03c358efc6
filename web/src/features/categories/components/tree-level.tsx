import { useQuery } from '@tanstack/react-query';
import { Archive, ChevronDown, ChevronRight } from 'lucide-react';
import type { DragEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { type CategoryNode, levelQuery, useCategoryNames } from '@/shared/categories/tree';
import { formatNumber } from '@/shared/money/money';
import { Awaiting } from '@/shared/ui/awaiting';
import { classes } from '@/shared/ui/classes';
import { SkeletonRows } from '@/shared/ui/states';

import { type BranchCount, countsQuery } from '../api/counts';
import type { DropMark } from './category-tree';

interface TreeLevelProps {
  parentId: string | null;
  level: number;
  withArchived: boolean;
  open: ReadonlySet<string>;
  selectedId: string | null;
  focusedId: string | null;
  mark: DropMark | null;
  onFocus: (id: string) => void;
  onOpen: (id: string, isOpen: boolean) => void;
  onSelect: (id: string) => void;
  onDragStart: (node: CategoryNode) => void;
  onDragOver: (event: DragEvent, node: CategoryNode) => void;
  onDragEnd: () => void;
  onDrop: (event: DragEvent, node: CategoryNode) => void;
}

/** The children of one category; they are asked for when it is opened. */
export function TreeLevel(props: TreeLevelProps): ReactNode {
  const { parentId, withArchived, level } = props;
  const { t } = useTranslation('categories');
  const query = useQuery(levelQuery(parentId, withArchived));
  const { data } = query;
  const { data: counts } = useQuery(countsQuery(parentId));
  if (data === undefined)
    return <Awaiting query={query} skeleton={<SkeletonRows rows={level === 1 ? 8 : 2} />} />;
  if (data.items.length === 0)
    return level === 1 ? <p className="p-4 text-body text-muted">{t('empty')}</p> : null;
  const first = data.items[0]?.id;
  const counted = new Map(counts?.items.map((one) => [one.id, one]));
  return data.items.map((node) => (
    <TreeItem
      key={node.id}
      {...props}
      node={node}
      count={counted.get(node.id)}
      isFirst={level === 1 && node.id === first}
    />
  ));
}

const INDENT_REM = 1.25;

function TreeItem({
  node,
  count,
  isFirst,
  ...props
}: TreeLevelProps & {
  node: CategoryNode;
  count: BranchCount | undefined;
  isFirst: boolean;
}): ReactNode {
  const { level, open, selectedId, focusedId, mark, onFocus, onOpen, onSelect } = props;
  const names = useCategoryNames();
  const { t } = useTranslation('categories');
  const isOpen = open.has(node.id);
  const isSelected = selectedId === node.id;
  const drop = mark?.id === node.id ? mark.drop : null;
  const isTabStop =
    focusedId === null ? isSelected || (selectedId === null && isFirst) : focusedId === node.id;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      {/* The tree hears the keys of its items. */}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <div
        role="treeitem"
        aria-level={level}
        aria-selected={isSelected}
        {...(node.child_count > 0 ? { 'aria-expanded': isOpen } : {})}
        tabIndex={isTabStop ? 0 : -1}
        data-id={node.id}
        data-version={node.version}
        {...(node.parent_id === null ? {} : { 'data-parent': node.parent_id })}
        draggable
        onFocus={() => onFocus(node.id)}
        onClick={() => onSelect(node.id)}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', node.code);
          props.onDragStart(node);
        }}
        onDragOver={(event) => props.onDragOver(event, node)}
        onDragEnd={props.onDragEnd}
        onDrop={(event) => props.onDrop(event, node)}
        style={{ paddingLeft: `${String((level - 1) * INDENT_REM)}rem` }}
        className={classes(
          'flex min-h-9 cursor-pointer items-center gap-1 rounded-base border-y-2 border-transparent pr-2 text-body outline-offset-[-2px] select-none pointer-coarse:min-h-11',
          isSelected ? 'bg-accent-soft text-on-accent-soft' : 'hover:bg-hover',
          drop === 'before' && 'border-t-accent',
          drop === 'after' && 'border-b-accent',
          drop === 'into' && 'bg-hover ring-2 ring-accent ring-inset',
        )}
      >
        {node.child_count > 0 ? (
          <button
            type="button"
            tabIndex={-1}
            aria-label={t(isOpen ? 'close' : 'open', { name: names.of(node) })}
            onClick={(event) => {
              event.stopPropagation();
              onOpen(node.id, !isOpen);
            }}
            className="inline-flex size-7 shrink-0 items-center justify-center rounded-base text-muted hover:text-ink pointer-coarse:size-10"
          >
            <Chevron aria-hidden className="size-4" />
          </button>
        ) : (
          <span className="size-7 shrink-0 pointer-coarse:size-10" />
        )}
        <span className={classes('min-w-0 flex-1 truncate', node.archived && 'text-muted')}>
          {names.of(node)}
        </span>
        {node.archived && <Archive aria-label={t('archived')} className="size-4 text-muted" />}
        {count !== undefined && count.products > 0 && (
          <span className="text-small text-muted tabular" title={t('products_below')}>
            <span className="sr-only">{t('products_below')}: </span>
            {formatNumber(count.products)}
            {count.is_more && '+'}
          </span>
        )}
      </div>
      {isOpen && node.child_count > 0 && (
        <div role="group">
          <TreeLevel {...props} parentId={node.id} level={level + 1} />
        </div>
      )}
    </>
  );
}
