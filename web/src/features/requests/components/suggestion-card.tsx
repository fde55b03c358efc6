import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { components } from '@/shared/api/schema';
import { useCategories } from '@/shared/categories/categories';
import { countryName } from '@/shared/countries/countries';
import { formatMoney, formatNumber } from '@/shared/money/money';
import { useUnits } from '@/shared/units/units';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/choice';
import { DateTime, Money } from '@/shared/ui/values';

import type { Suggestion } from '../api/types';

type SourceView = components['schemas']['Source'];

interface SuggestionCardProps {
  suggestion: Suggestion;
  onTake: (vendorIds: string[]) => Promise<unknown>;
  onDismiss: () => void;
}

/** A proposed draft, every value with its source, for a person to judge. */
export function SuggestionCard({ suggestion, onTake, onDismiss }: SuggestionCardProps): ReactNode {
  const { t } = useTranslation('requests');
  const [vendorIds, setVendorIds] = useState(() =>
    suggestion.vendors.map((vendor) => vendor.organisation_id),
  );
  const [isTaking, setIsTaking] = useState(false);
  const take = async (): Promise<void> => {
    setIsTaking(true);
    try {
      await onTake(vendorIds);
    } finally {
      setIsTaking(false);
    }
  };
  const toggle = (id: string, isChosen: boolean): void =>
    setVendorIds(isChosen ? [...vendorIds, id] : vendorIds.filter((one) => one !== id));
  return (
    <section
      aria-label={t('assistant.title')}
      className="flex flex-col gap-4 rounded-base bg-accent-soft p-4"
    >
      <div>
        <p className="text-small text-on-accent-soft">{t('assistant.title')}</p>
        <h2 className="text-title font-semibold">{suggestion.title}</h2>
        <p className="text-small text-muted">{t('assistant.text')}</p>
      </div>
      <SuggestedFacts suggestion={suggestion} />
      {suggestion.vendors.length > 0 && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-small font-medium">{t('assistant.vendors')}</legend>
          {suggestion.vendors.map((vendor) => (
            <Checkbox
              key={vendor.organisation_id}
              label={[vendor.name, vendor.city].filter((part) => part !== '').join(', ')}
              hint={vendor.why.map((source, index) => (
                <SourceLine key={index} source={source} />
              ))}
              isChecked={vendorIds.includes(vendor.organisation_id)}
              onChange={(isChosen) => toggle(vendor.organisation_id, isChosen)}
            />
          ))}
        </fieldset>
      )}
      {suggestion.missing.length > 0 && (
        <p className="text-small text-waiting">
          {t('assistant.missing', {
            list: suggestion.missing.map((one) => t(`assistant.missing_words.${one}`)).join(', '),
          })}
        </p>
      )}
      <p className="text-small text-muted">
        {t(suggestion.engine === 'rules' ? 'assistant.by_rules' : 'assistant.by_model')}
        {suggestion.fallback && ` ${t('assistant.fell_back')}`}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" isPending={isTaking} onClick={() => void take()}>
          {t('assistant.take')}
        </Button>
        <Button onClick={onDismiss}>{t('assistant.dismiss')}</Button>
      </div>
    </section>
  );
}

function SuggestedFacts({ suggestion }: { suggestion: Suggestion }): ReactNode {
  const { t } = useTranslation('requests');
  const categories = useCategories();
  const { category, needed_by: neededBy, place, budget } = suggestion;
  const said = budget.stated === null ? 0 : 1;
  const hasRange = budget.low !== null && budget.high !== null && budget.median !== null;
  return (
    <dl className="grid gap-3 sm:grid-cols-2">
      {category !== null && (
        <Fact term={t('assistant.category')} sources={[category.source]}>
          {categories.label(category.code)}{' '}
          <span className="text-small text-muted">
            {t('assistant.confidence', {
              percent: formatNumber(Math.round(category.confidence * 100)),
            })}
          </span>
        </Fact>
      )}
      {neededBy !== null && (
        <Fact term={t('assistant.needed_by')} sources={[neededBy.source]}>
          <DateTime value={neededBy.day} isDay />
        </Fact>
      )}
      {place !== null && (
        <Fact term={t('assistant.place')} sources={[place.source]}>
          {[place.city, place.country === '' ? '' : countryName(place.country)]
            .filter((part) => part !== '')
            .join(', ')}
        </Fact>
      )}
      {budget.stated !== null && (
        <Fact term={t('assistant.budget')} sources={budget.sources.slice(0, said)}>
          <Money value={budget.stated} />
        </Fact>
      )}
      {hasRange && (
        <Fact term={t('assistant.range')} sources={budget.sources.slice(said)}>
          {t('assistant.range_value', {
            low: formatMoney(budget.low as NonNullable<typeof budget.low>),
            high: formatMoney(budget.high as NonNullable<typeof budget.high>),
            median: formatMoney(budget.median as NonNullable<typeof budget.median>),
          })}
        </Fact>
      )}
      <SuggestedLines suggestion={suggestion} />
    </dl>
  );
}

function SuggestedLines({ suggestion }: { suggestion: Suggestion }): ReactNode {
  const { t } = useTranslation('requests');
  const units = useUnits();
  return (
    <div className="sm:col-span-2">
      <dt className="text-small text-muted">{t('assistant.lines')}</dt>
      {suggestion.lines.length === 0 && <dd className="text-body">{t('assistant.nothing')}</dd>}
      {suggestion.lines.map((line, index) => (
        <dd key={index} className="mt-1 text-body">
          <span className="font-medium">{line.name}</span>
          {line.quantity !== '' && (
            <span className="tabular"> · {units.quantity(line.quantity, line.unit)}</span>
          )}
          {line.specification !== '' && <span className="text-muted"> · {line.specification}</span>}
          <SourceLine source={line.source} />
          {line.price !== null && (
            <>
              <span className="block text-small">
                {t('assistant.unit_price', {
                  low: formatMoney(line.price.low),
                  high: formatMoney(line.price.high),
                })}
              </span>
              <SourceLine source={line.price.source} />
            </>
          )}
        </dd>
      ))}
    </div>
  );
}

interface FactProps {
  term: string;
  sources: readonly SourceView[];
  children: ReactNode;
}

function Fact({ term, sources, children }: FactProps): ReactNode {
  return (
    <div>
      <dt className="text-small text-muted">{term}</dt>
      <dd className="text-body">
        {children}
        {sources.map((source, index) => (
          <SourceLine key={index} source={source} />
        ))}
      </dd>
    </div>
  );
}

function SourceLine({ source }: { source: SourceView }): ReactNode {
  const { t } = useTranslation('requests');
  const categories = useCategories();
  // A profile is found by the category that it serves, whose code means nothing to people.
  const detail = source.kind === 'profile' ? categories.label(source.detail) : source.detail;
  return (
    <span className="block text-small text-muted">
      {t(`assistant.source.${source.kind}`, { detail })}
    </span>
  );
}
