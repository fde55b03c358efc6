import { CalendarDays } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '@/shared/ui/button';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { DateField } from '@/shared/ui/date-fields';
import { Field } from '@/shared/ui/field';
import { Popover } from '@/shared/ui/menu';

import type { RequestSearch } from '../api/types';

const NAMES = ['due_from', 'due_to', 'created_from', 'created_to'] as const;

/** Narrows the list by its dates. */
export function DateFilters({
  search,
  onSearch,
}: {
  search: RequestSearch;
  onSearch: (patch: SearchPatch) => void;
}): ReactNode {
  const { t } = useTranslation('requests');
  const count = NAMES.filter((name) => search[name] !== undefined).length;
  return (
    <Popover
      label={t('filters.dates')}
      align="start"
      trigger={
        <Button icon={CalendarDays}>
          {t('filters.dates')}
          {count > 0 && ` (${String(count)})`}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {NAMES.map((name) => (
          <Field key={name} label={t(`filters.${name}`)} isRequired>
            <DateField
              value={search[name] ?? ''}
              onChange={(value) => onSearch({ [name]: value === '' ? undefined : value })}
            />
          </Field>
        ))}
        {count > 0 && (
          <Button
            variant="quiet"
            onClick={() => onSearch(Object.fromEntries(NAMES.map((name) => [name, undefined])))}
          >
            {t('filters.clear')}
          </Button>
        )}
      </div>
    </Popover>
  );
}
