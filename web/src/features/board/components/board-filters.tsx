import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCategories } from '@/shared/categories/categories';
import { countryName } from '@/shared/countries/countries';
import { CURRENCIES, formatNumber } from '@/shared/money/money';
import { Checkbox, Switch } from '@/shared/ui/choice';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { Field, FieldGroup } from '@/shared/ui/field';
import { Select } from '@/shared/ui/input';
import { MoneyField } from '@/shared/ui/money-field';
import { SkeletonText } from '@/shared/ui/states';

import { boardFacetsQuery } from '../api/queries';
import { type BoardPlace, type BoardSearch, DUE_CHOICES } from '../api/types';
import { chosenCategories, toggleCategory } from '../model/filters';

interface BoardFiltersProps {
  search: BoardSearch;
  onSearch: (patch: SearchPatch) => void;
  place: BoardPlace;
}

/** Narrows the board by category, country, budget and deadline; each value says how many there are. */
export function BoardFilters({ search, onSearch, place }: BoardFiltersProps): ReactNode {
  const { t } = useTranslation(['board', 'ui']);
  const facets = useQuery(boardFacetsQuery(search));
  const countries = facets.data?.countries ?? [];
  const known = countries.some(({ value }) => value === search.country);
  const offered =
    search.country === undefined || known
      ? countries
      : [...countries, { value: search.country, count: 0 }];
  return (
    <div className="flex flex-col gap-6">
      {place === 'workspace' && (
        <Switch
          label={t('filters.invited')}
          isOn={search.invited === true}
          onChange={(isOn) => onSearch({ invited: isOn || undefined })}
        />
      )}
      <FieldGroup label={t('filters.category')} isRequired>
        {facets.data === undefined ? (
          <SkeletonText lines={6} />
        ) : (
          <CategoryFacets search={search} onSearch={onSearch} counts={facets.data.categories} />
        )}
      </FieldGroup>
      <Field label={t('filters.country')} isRequired>
        <Select
          value={search.country ?? ''}
          placeholder={t('ui:filters.any')}
          choices={offered.map(({ value, count }) => ({
            value,
            label: `${countryName(value)} (${formatNumber(count)})`,
          }))}
          onChange={(event) => onSearch({ country: event.target.value })}
        />
      </Field>
      <Field label={t('filters.due')} isRequired>
        <Select
          value={search.due ?? ''}
          placeholder={t('ui:filters.any')}
          choices={DUE_CHOICES.map((days) => ({
            value: days,
            label: t('filters.within_days', { count: Number(days) }),
          }))}
          onChange={(event) => onSearch({ due: event.target.value })}
        />
      </Field>
      <BudgetFilter search={search} onSearch={onSearch} />
    </div>
  );
}

function CategoryFacets({
  search,
  onSearch,
  counts,
}: Omit<BoardFiltersProps, 'place'> & {
  counts: readonly { value: string; count: number }[];
}): ReactNode {
  const { t } = useTranslation('board');
  const categories = useCategories();
  const chosen = chosenCategories(search);
  const missing = chosen.filter((code) => !counts.some(({ value }) => value === code));
  const rows = [...counts, ...missing.map((value) => ({ value, count: 0 }))];
  if (rows.length === 0)
    return <p className="text-body text-muted">{t('filters.no_categories')}</p>;
  return (
    <ul className="flex flex-col gap-2.5">
      {rows.map(({ value, count }) => (
        <li key={value} className="flex items-start justify-between gap-3">
          <Checkbox
            label={categories.label(value)}
            isChecked={chosen.includes(value)}
            onChange={() => onSearch({ category: toggleCategory(search, value) })}
          />
          <span className="text-small text-muted tabular">{formatNumber(count)}</span>
        </li>
      ))}
    </ul>
  );
}

function BudgetFilter({ search, onSearch }: Omit<BoardFiltersProps, 'place'>): ReactNode {
  const { t } = useTranslation(['board', 'ui']);
  const { currency, budget_min: least, budget_max: most } = search;
  return (
    <FieldGroup label={t('filters.budget')} isRequired>
      <Select
        aria-label={t('ui:money.currency')}
        value={currency ?? ''}
        placeholder={t('filters.any_currency')}
        choices={CURRENCIES.map((code) => ({ value: code, label: code }))}
        onChange={(event) =>
          onSearch({
            currency: event.target.value,
            budget_min: undefined,
            budget_max: undefined,
          })
        }
      />
      {currency !== undefined && (
        <div key={currency} className="mt-2 flex flex-col gap-2">
          <Field label={t('filters.budget_min')} isRequired>
            <MoneyField
              value={least === undefined ? null : { amount: least, currency }}
              currency={currency}
              onChange={(value) => onSearch({ budget_min: value?.amount })}
            />
          </Field>
          <Field label={t('filters.budget_max')} isRequired>
            <MoneyField
              value={most === undefined ? null : { amount: most, currency }}
              currency={currency}
              onChange={(value) => onSearch({ budget_max: value?.amount })}
            />
          </Field>
        </div>
      )}
    </FieldGroup>
  );
}
