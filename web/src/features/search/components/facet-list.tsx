import type { ReactNode } from 'react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import { useAttributeUnits } from '@/shared/categories/attribute-units';
import { currentLanguage } from '@/shared/i18n/i18n';
import { nameIn } from '@/shared/i18n/names';
import { formatQuantity } from '@/shared/units/units';
import { Checkbox } from '@/shared/ui/choice';
import { classes } from '@/shared/ui/classes';

import type { Facets } from '../api/queries';
import type { CataloguePatch, CatalogueSearch } from '../model/search';
import { toggled } from '../model/search';

type AttributeFacet = Facets['attributes'][number];
type FacetValue = AttributeFacet['values'][number];

interface FacetListProps {
  facets: Facets;
  search: CatalogueSearch;
  onSearch: (patch: CataloguePatch) => void;
}

/** What a search can be narrowed by. A facet keeps its other values when one is chosen. */
export function FacetList({ facets, search, onSearch }: FacetListProps): ReactNode {
  const { t } = useTranslation('search');
  const language = currentLanguage();
  const say = useValueWords();
  const roots = facets.categories.items.filter(
    (one) => one.chosen || one.parent_id === (search.category ?? null),
  );
  return (
    <div className="flex flex-col gap-6">
      {roots.length > 0 && (
        <Facet title={t('facets.categories')}>
          {roots.map((one) => (
            <button
              key={one.id}
              type="button"
              aria-pressed={one.chosen}
              onClick={() =>
                onSearch({ category: one.chosen ? (one.parent_id ?? undefined) : one.id })
              }
              className={classes(
                'flex w-full items-baseline justify-between gap-2 rounded-base py-1 text-left text-body hover:underline pointer-coarse:min-h-11',
                one.chosen && 'font-medium',
              )}
            >
              <span>{nameIn(one.names, language)}</span>
              <Count count={one.count} isCapped={facets.categories.capped} />
            </button>
          ))}
        </Facet>
      )}
      <Facet title={t('facets.availability')}>
        <Choice
          label={t('facets.in_stock')}
          count={facets.in_stock.count}
          isCapped={facets.in_stock.capped}
          isChosen={search.in_stock === true}
          onToggle={() => onSearch({ in_stock: search.in_stock === true ? undefined : true })}
        />
      </Facet>
      {facets.suppliers.items.length > 1 && (
        <Facet title={t('facets.suppliers')}>
          {facets.suppliers.items.map((one) => (
            <Choice
              key={one.id}
              label={one.name}
              count={one.count}
              isCapped={facets.suppliers.capped}
              isChosen={search.suppliers?.includes(one.id) === true}
              onToggle={() => onSearch({ suppliers: toggled(search.suppliers, one.id) })}
            />
          ))}
        </Facet>
      )}
      {facets.attributes.map((facet) => (
        <Facet
          key={facet.code}
          title={facet.names === null ? facet.code : nameIn(facet.names, language)}
        >
          {inOrder(facet).map((one) => {
            const pair = `${facet.code}:${one.value}`;
            return (
              <Choice
                key={one.value}
                label={say(facet, one)}
                count={one.count}
                isCapped={facet.capped}
                isChosen={search.attributes?.includes(pair) === true}
                onToggle={() => onSearch({ attributes: toggled(search.attributes, pair) })}
              />
            );
          })}
        </Facet>
      ))}
    </div>
  );
}

/** A value of a facet in words: of a choice by its name, a number with its unit, a yes or a no. */
function useValueWords(): (facet: AttributeFacet, value: FacetValue) => string {
  const { t } = useTranslation('search');
  const units = useAttributeUnits();
  return ({ kind, unit }, { value, names }) => {
    if (names !== null) return nameIn(names, currentLanguage());
    if (kind === 'boolean') return t(value === 'true' ? 'facets.yes' : 'facets.no');
    if (kind !== 'number') return value;
    return unit === null
      ? formatQuantity(value)
      : `${formatQuantity(value)}\u00a0${units.short(unit)}`;
  };
}

/** Numbers are looked for by their size, everything else by how much there is of it. */
function inOrder({ kind, values }: AttributeFacet): readonly FacetValue[] {
  if (kind !== 'number') return values;
  return [...values].sort((a, b) => Number(a.value) - Number(b.value));
}

function Facet({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-2 text-small font-semibold">
        {title}
      </h3>
      <div className="flex flex-col gap-1">{children}</div>
    </section>
  );
}

interface ChoiceProps {
  label: string;
  count: number;
  isCapped: boolean;
  isChosen: boolean;
  onToggle: () => void;
}

function Choice({ label, count, isCapped, isChosen, onToggle }: ChoiceProps): ReactNode {
  return (
    <div className="flex items-start justify-between gap-2">
      <Checkbox label={label} isChecked={isChosen} onChange={onToggle} />
      <Count count={count} isCapped={isCapped} />
    </div>
  );
}

/** A count of the best results alone is at least so many. */
function Count({ count, isCapped }: { count: number; isCapped: boolean }): ReactNode {
  return (
    <span className="shrink-0 text-small text-muted tabular-nums">
      {count}
      {isCapped && '+'}
    </span>
  );
}
