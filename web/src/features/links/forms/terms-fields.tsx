import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type UseFormReturn, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import { FormField } from '@/shared/forms/form';
import { CURRENCIES } from '@/shared/money/money';
import { useSession } from '@/shared/session/session';
import { Input, Select } from '@/shared/ui/input';
import { MoneyField } from '@/shared/ui/money-field';

import { colleaguesQuery, priceListsQuery } from '../api/queries';
import type { TermsValues } from '../model/terms';

interface TermsFieldsProps {
  form: UseFormReturn<TermsValues, unknown, TermsValues>;
}

/** What a supplier grants a buyer; every field may stay empty. */
export function TermsFields({ form }: TermsFieldsProps): ReactNode {
  const { t } = useTranslation('links');
  const currency = useWatch({ control: form.control, name: 'currency' });
  return (
    <>
      <PriceList form={form} />
      <FormField form={form} name="currency" label={t('terms.currency')} isRequired>
        {(control) => (
          <Select {...control} choices={CURRENCIES.map((code) => ({ value: code, label: code }))} />
        )}
      </FormField>
      <div className="grid gap-4 sm:grid-cols-2 sm:items-end">
        {(['credit_limit', 'minimum_order'] as const).map((name) => (
          <FormField
            key={name}
            form={form}
            name={name}
            label={t(`terms.${name}`)}
            hint={t(`terms.${name}_hint`)}
          >
            {({ value, onChange, onBlur, ref }) => (
              <MoneyField
                ref={ref}
                // An amount keeps its figures when the currency changes.
                key={currency}
                value={value === null ? null : { amount: value.amount, currency }}
                currency={currency}
                onChange={onChange}
                onBlur={onBlur}
              />
            )}
          </FormField>
        ))}
        {(['payment_days', 'delivery_days'] as const).map((name) => (
          <FormField
            key={name}
            form={form}
            name={name}
            label={t(`terms.${name}`)}
            hint={t(`terms.${name}_hint`)}
          >
            {(control) => (
              <Input {...control} inputMode="numeric" autoComplete="off" maxLength={3} />
            )}
          </FormField>
        ))}
      </div>
      <Representative form={form} />
    </>
  );
}

function PriceList({ form }: TermsFieldsProps): ReactNode {
  const { t } = useTranslation('links');
  const { data } = useQuery(priceListsQuery);
  return (
    <FormField
      form={form}
      name="price_list_id"
      label={t('terms.price_list_name')}
      hint={t('terms.price_list_hint')}
    >
      {(control) => (
        <Select
          {...control}
          placeholder={t('terms.no_price_list')}
          choices={(data?.items ?? []).map((one) => ({
            value: one.id,
            label: `${one.name} (${one.currency})`,
          }))}
        />
      )}
    </FormField>
  );
}

function Representative({ form }: TermsFieldsProps): ReactNode {
  const { t } = useTranslation(['links', 'common']);
  const session = useSession();
  const { data } = useQuery({
    ...colleaguesQuery(session?.organisation.id ?? ''),
    enabled: session != null,
  });
  return (
    <FormField
      form={form}
      name="representative_user_id"
      label={t('terms.representative_name')}
      hint={t('terms.representative_hint')}
    >
      {(control) => (
        <Select
          {...control}
          placeholder={t('terms.nobody')}
          choices={(data?.items ?? []).map((one) => ({
            value: one.user_id,
            label: `${one.display_name} (${t(`common:roles.${one.role}`)})`,
          }))}
        />
      )}
    </FormField>
  );
}
