import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '@/shared/ui/button';

/** A filter that holds, and how to take it away. */
export interface ChosenFilter {
  key: string;
  label: string;
  onRemove: () => void;
}

interface ChosenFiltersProps {
  filters: readonly ChosenFilter[];
  onClear: () => void;
}

/** What a list is narrowed to, each to be taken away by itself. */
export function ChosenFilters({ filters, onClear }: ChosenFiltersProps): ReactNode {
  const { t } = useTranslation('catalogue');
  if (filters.length === 0) return null;
  return (
    <ul aria-label={t('filters.chosen')} className="flex flex-wrap items-center gap-2">
      {filters.map((filter) => (
        <li key={filter.key}>
          <button
            type="button"
            aria-label={t('filters.remove', { name: filter.label })}
            onClick={filter.onRemove}
            className="inline-flex h-8 items-center gap-1.5 rounded-full bg-accent-soft pr-2 pl-3 text-small font-medium text-on-accent-soft hover:bg-hover pointer-coarse:h-11"
          >
            {filter.label}
            <X aria-hidden className="size-3.5" />
          </button>
        </li>
      ))}
      <li>
        <Button variant="quiet" size="small" onClick={onClear}>
          {t('filters.clear')}
        </Button>
      </li>
    </ul>
  );
}
