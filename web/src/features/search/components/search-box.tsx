import { useQuery } from '@tanstack/react-query';
import type { LucideIcon } from 'lucide-react';
import { FolderTree, Package, Search, Store, X } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useDebounced } from '@/shared/hooks/browser';
import { currentLanguage } from '@/shared/i18n/i18n';
import { nameIn } from '@/shared/i18n/names';
import { classes } from '@/shared/ui/classes';
import { IconButton } from '@/shared/ui/icon-button';
import { earlySearch, forgetEarlySearch, takeOverEarlySearch } from '@/shared/ui/painted-search';

import { type Suggestions, suggestQuery } from '../api/queries';

const SETTLES_AFTER_MS = 120;

/** Where a person goes from the box: to results of words, or straight to a thing. */
export type SearchTarget =
  { kind: 'query'; words: string } | { kind: 'category' | 'product' | 'seller'; id: string };

interface SearchBoxProps {
  /** The words of the page that is shown. */
  value?: string;
  onGo: (target: SearchTarget) => void;
  className?: string;
}

interface Option {
  target: SearchTarget;
  label: string;
  icon: LucideIcon;
  hint?: string;
}

/** A search of the catalogue with suggestions while one types: a combobox with a list (WAI-ARIA 1.2). */
export function SearchBox({ value = '', onGo, className }: SearchBoxProps): ReactNode {
  const { t } = useTranslation('search');
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(() => earlySearch()?.words ?? value);
  const [shown, setShown] = useState(value);
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const words = useDebounced(typed, SETTLES_AFTER_MS);
  const { data } = useQuery(suggestQuery(words));
  useEffect(() => {
    if (earlySearch()?.hasFocus === true) input.current?.focus();
    takeOverEarlySearch();
  }, []);
  if (shown !== value) {
    // Another page brought other words.
    setShown(value);
    setTyped(value);
  }
  const options = typed.trim().length > 1 ? optionsOf(data, t) : [];
  const isExpanded = isOpen && options.length > 0;
  const go = (target: SearchTarget): void => {
    forgetEarlySearch();
    if (target.kind === 'query') setTyped(target.words);
    setIsOpen(false);
    setActive(-1);
    onGo(target);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      setIsOpen(true);
      // One place before the first is the input itself.
      setActive((now) => ((now + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    } else if (event.key === 'Escape' && isExpanded) {
      event.preventDefault();
      setIsOpen(false);
      setActive(-1);
    }
  };
  return (
    <form
      role="search"
      // Before the app has come, the browser goes there by itself.
      action="/search"
      className={classes('relative', className)}
      onSubmit={(event) => {
        event.preventDefault();
        go(options[active]?.target ?? { kind: 'query', words: typed.trim() });
      }}
    >
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
      />
      <input
        ref={input}
        name="q"
        type="text"
        role="combobox"
        enterKeyHint="search"
        autoComplete="off"
        aria-label={t('label')}
        placeholder={t('label')}
        aria-autocomplete="list"
        aria-expanded={isExpanded}
        aria-controls={listId}
        aria-activedescendant={isExpanded && active >= 0 ? `${listId}-${active}` : undefined}
        maxLength={200}
        value={typed}
        className="control px-9"
        onChange={(event) => {
          setTyped(event.target.value);
          setIsOpen(true);
          setActive(-1);
        }}
        onFocus={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={onKeyDown}
      />
      {typed !== '' && (
        <span className="absolute inset-y-0 right-1 flex items-center">
          <IconButton icon={X} label={t('clear')} size="small" onClick={() => setTyped('')} />
        </span>
      )}
      <div
        id={listId}
        role="listbox"
        aria-label={t('suggestions')}
        hidden={!isExpanded}
        className="absolute inset-x-0 top-full z-40 mt-1 max-h-96 overflow-y-auto rounded-base border border-line bg-surface py-1 shadow-overlay"
      >
        {options.map((option, place) => (
          <Suggestion
            key={`${option.target.kind}-${option.label}-${place}`}
            id={`${listId}-${place}`}
            option={option}
            isActive={place === active}
            onChoose={() => go(option.target)}
          />
        ))}
      </div>
    </form>
  );
}

interface SuggestionProps {
  id: string;
  option: Option;
  isActive: boolean;
  onChoose: () => void;
}

function Suggestion({ id, option, isActive, onChoose }: SuggestionProps): ReactNode {
  const Icon = option.icon;
  return (
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      // The input keeps the focus: a press would take it and close the list before a click came.
      onMouseDown={(event) => {
        event.preventDefault();
        if (event.button === 0) onChoose();
      }}
      className={classes(
        'flex min-h-9 cursor-pointer items-center gap-2.5 px-3 py-1.5 text-body hover:bg-hover pointer-coarse:min-h-11',
        isActive && 'bg-hover',
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 flex-1 truncate">{option.label}</span>
      {option.hint !== undefined && (
        <span className="shrink-0 text-small text-muted">{option.hint}</span>
      )}
    </div>
  );
}

function optionsOf(
  found: Suggestions | undefined,
  t: (key: 'kinds.category' | 'kinds.product' | 'kinds.seller') => string,
): Option[] {
  if (found === undefined) return [];
  const language = currentLanguage();
  return [
    ...found.queries.map((words): Option => ({
      target: { kind: 'query', words },
      label: words,
      icon: Search,
    })),
    ...found.categories.map((one): Option => ({
      target: { kind: 'category', id: one.id },
      label: nameIn(one.names, language),
      icon: FolderTree,
      hint: t('kinds.category'),
    })),
    ...found.products.map((one): Option => ({
      target: { kind: 'product', id: one.id },
      label: nameIn(one.names, language),
      icon: Package,
      hint: t('kinds.product'),
    })),
    ...found.sellers.map((one): Option => ({
      target: { kind: 'seller', id: one.id },
      label: one.name,
      icon: Store,
      hint: t('kinds.seller'),
    })),
  ];
}
