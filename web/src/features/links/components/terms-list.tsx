import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { DescriptionList } from '@/shared/ui/page';
import { Money } from '@/shared/ui/values';

import type { LinkTerms } from '../api/types';
import { TERMS_FIELDS, type TermsField } from '../model/terms';

/** What a supplier grants; what is not agreed says so. */
export function TermsList({ terms }: { terms: LinkTerms }): ReactNode {
  const { t } = useTranslation('links');
  const shown = useShownTerm();
  return (
    <DescriptionList
      columns={3}
      items={TERMS_FIELDS.filter(
        // A price list is a thing of the catalogue: without one there is nothing to say.
        (field) => field !== 'price_list_name' || terms.price_list_name !== null,
      ).map((field) => ({
        term: t(`terms.${field}`),
        value: shown(terms, field) ?? <span className="text-muted">{t('terms.not_agreed')}</span>,
      }))}
    />
  );
}

/** Returns how a value of the terms reads; null where nothing is agreed. */
export function useShownTerm(): (terms: LinkTerms, field: TermsField) => ReactNode {
  const { t } = useTranslation('trade');
  return (terms, field) => {
    switch (field) {
      case 'credit_limit':
      case 'minimum_order':
        return terms[field] === null ? null : <Money value={terms[field]} />;
      case 'payment_days':
      case 'delivery_days':
        return terms[field] === null ? null : t('days', { count: terms[field] });
      default:
        return terms[field];
    }
  };
}
