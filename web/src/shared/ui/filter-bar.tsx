import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useDebounced } from '@/shared/hooks/browser';

import type { SearchPatch } from './data-table/search';
import { type Choice, SearchInput, Select } from './input';

interface FilterBarProps {
  /** The text searched for; leave it out where the list has no search. */
  q?: string | undefined;
  hasSearch?: boolean;
  /** Filters with one value each. */
  filters?: readonly {
    name: string;
    label: string;
    value: string | undefined;
    choices: readonly Choice[];
  }[];
  onSearch: (patch: SearchPatch) => void;
  /** Filters of a list's own, such as a range of dates. */
  children?: ReactNode;
}

/** Narrows a list; every value is in the URL. */
export function FilterBar({
  q,
  hasSearch = true,
  filters = [],
  onSearch,
  children,
}: FilterBarProps): ReactNode {
  const { t } = useTranslation('ui');
  return (
    <div
      role="search"
      aria-label={t('filters.label')}
      className="flex min-w-0 flex-1 basis-full flex-wrap gap-2 sm:basis-0"
    >
      {hasSearch && <DebouncedSearch value={q ?? ''} onChange={(next) => onSearch({ q: next })} />}
      {filters.map((filter) => (
        <Select
          key={filter.name}
          aria-label={filter.label}
          className="w-auto max-w-52 min-w-36"
          value={filter.value ?? ''}
          placeholder={`${filter.label}: ${t('filters.any')}`}
          choices={filter.choices}
          onChange={(event) => onSearch({ [filter.name]: event.target.value })}
        />
      ))}
      {children}
    </div>
  );
}

/** Searches once typing rests, and follows the URL when somebody goes back. */
function DebouncedSearch({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  const { t } = useTranslation('ui');
  const [draft, setDraft] = useState(value);
  const [known, setKnown] = useState(value);
  const settled = useDebounced(draft);
  if (value !== known) {
    setKnown(value);
    setDraft(value);
  }
  useEffect(() => {
    if (settled === draft && settled !== known) {
      setKnown(settled);
      onChange(settled);
    }
  }, [settled, draft, known, onChange]);
  return (
    <SearchInput
      className="w-full sm:w-64"
      label={t('filters.search')}
      value={draft}
      onChange={setDraft}
    />
  );
}
