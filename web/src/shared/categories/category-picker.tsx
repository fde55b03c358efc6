import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, ChevronsUpDown } from 'lucide-react';
import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useDebounced } from '@/shared/hooks/browser';
import { Awaiting } from '@/shared/ui/awaiting';
import { classes } from '@/shared/ui/classes';
import { useFieldControl } from '@/shared/ui/field';
import { IconButton } from '@/shared/ui/icon-button';
import { SearchInput } from '@/shared/ui/input';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';

import {
  categoryQuery,
  categorySearchQuery,
  type NamedCategory,
  levelQuery,
  useCategoryNames,
} from './tree';

interface CategoryPickerProps {
  /** Identifier of the chosen category. */
  value: string | null;
  onChange: (value: string | null) => void;
  placeholder?: string;
  /** A branch that cannot be chosen, such as the one that is being moved. */
  excludedId?: string;
  isDisabled?: boolean;
}

/** One category of the platform's tree, found by typing or by going down. Load the words `categories` with the page. */
export function CategoryPicker({
  value,
  onChange,
  placeholder,
  excludedId,
  isDisabled = false,
}: CategoryPickerProps): ReactNode {
  const { t } = useTranslation('categories');
  const names = useCategoryNames();
  // A button cannot be required: the label beside it says so.
  const { id, 'aria-describedby': describedBy, 'aria-invalid': isInvalid } = useFieldControl();
  const [isOpen, setIsOpen] = useState(false);
  const { data: chosen } = useQuery({ ...categoryQuery(value ?? ''), enabled: value !== null });
  const label =
    value === null || chosen === undefined ? null : names.path([...chosen.path, chosen]);
  return (
    <Radix.Root open={isOpen} onOpenChange={setIsOpen}>
      <Radix.Trigger asChild>
        <button
          type="button"
          aria-haspopup="dialog"
          disabled={isDisabled}
          className={classes(
            'control flex items-center justify-between gap-2 text-left',
            isInvalid === true && 'border-stopped',
          )}
          id={id}
          aria-describedby={describedBy}
        >
          <span className={classes('truncate', label === null && 'text-faint')}>
            {label ?? placeholder ?? t('picker.choose')}
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
        </button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t('picker.choose')}
          className="z-50 flex max-h-(--radix-popover-content-available-height) w-(--radix-popover-trigger-width) min-w-72 animate-enter flex-col overflow-hidden rounded-base border border-line bg-surface shadow-overlay"
        >
          <Choices
            excludedId={excludedId}
            start={chosen?.path.at(-1) ?? null}
            onChoose={(id) => {
              onChange(id);
              setIsOpen(false);
            }}
          />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ChoicesProps {
  excludedId: string | undefined;
  /** The category whose children are shown first. */
  start: NamedCategory | null;
  onChoose: (id: string) => void;
}

function Choices({ excludedId, start, onChoose }: ChoicesProps): ReactNode {
  const { t } = useTranslation('categories');
  const [draft, setDraft] = useState('');
  const [parent, setParent] = useState<string | null>(start?.id ?? null);
  const words = useDebounced(draft.trim());
  return (
    <>
      <div className="border-b border-line p-2">
        <SearchInput value={draft} onChange={setDraft} label={t('picker.search')} />
      </div>
      <div className="max-h-72 min-h-0 overflow-y-auto p-1">
        {words === '' ? (
          <Level parentId={parent} excludedId={excludedId} onOpen={setParent} onChoose={onChoose} />
        ) : (
          <Found words={words} excludedId={excludedId} onChoose={onChoose} />
        )}
      </div>
    </>
  );
}

interface LevelProps extends Omit<ChoicesProps, 'start'> {
  parentId: string | null;
  onOpen: (parentId: string | null) => void;
}

function Level({ parentId, excludedId, onOpen, onChoose }: LevelProps): ReactNode {
  const { t } = useTranslation('categories');
  const names = useCategoryNames();
  const query = useQuery(levelQuery(parentId));
  const { data } = query;
  const { data: parent } = useQuery({
    ...categoryQuery(parentId ?? ''),
    enabled: parentId !== null,
  });
  if (data === undefined) return <Awaiting query={query} skeleton={<SkeletonRows rows={4} />} />;
  return (
    <>
      {parentId !== null && (
        <button
          type="button"
          onClick={() => onOpen(parent?.parent_id ?? null)}
          className="flex min-h-9 w-full items-center gap-2 rounded-base px-2 text-left text-small text-muted hover:bg-hover"
        >
          <ChevronLeft aria-hidden className="size-4 shrink-0" />
          {parent === undefined ? t('picker.back') : names.path([...parent.path, parent])}
        </button>
      )}
      <ul>
        {data.items
          .filter(({ id }) => id !== excludedId)
          .map((node) => (
            <li key={node.id} className="flex items-center">
              <Choice onClick={() => onChoose(node.id)} title={names.of(node)} />
              {node.child_count > 0 && (
                <IconButton
                  icon={ChevronRight}
                  size="small"
                  label={t('picker.open', { name: names.of(node) })}
                  onClick={() => onOpen(node.id)}
                />
              )}
            </li>
          ))}
      </ul>
    </>
  );
}

interface FoundProps extends Omit<ChoicesProps, 'start'> {
  words: string;
}

function Found({ words, excludedId, onChoose }: FoundProps): ReactNode {
  const { t } = useTranslation('categories');
  const names = useCategoryNames();
  const query = useQuery(categorySearchQuery(words));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<SkeletonRows rows={4} />} />;
  const hits = data.items.filter(
    ({ id, path }) => id !== excludedId && path.every((one) => one.id !== excludedId),
  );
  if (hits.length === 0) return <EmptyState title={t('picker.nothing')} />;
  return (
    <ul>
      {hits.map((hit) => (
        <li key={hit.id}>
          <Choice
            onClick={() => onChoose(hit.id)}
            title={names.of(hit)}
            hint={names.path(hit.path)}
          />
        </li>
      ))}
    </ul>
  );
}

function Choice({
  title,
  hint = '',
  onClick,
}: {
  title: string;
  hint?: string;
  onClick: () => void;
}): ReactNode {
  return (
    <button
      type="button"
      onClick={onClick}
      className="min-h-9 w-full min-w-0 flex-1 rounded-base px-2 py-1.5 text-left hover:bg-hover pointer-coarse:min-h-11"
    >
      <span className="block truncate text-body">{title}</span>
      {hint !== '' && <span className="block truncate text-small text-muted">{hint}</span>}
    </button>
  );
}
