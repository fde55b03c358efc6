import type { ReactNode } from 'react';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import type { MoneyValue } from '@/shared/api/types';
import { countryChoices } from '@/shared/countries/countries';
import { FormField } from '@/shared/forms/form';
import { CURRENCIES } from '@/shared/money/money';
import { DateField } from '@/shared/ui/date-fields';
import { FileDrop } from '@/shared/ui/file-drop';
import { Input, Select } from '@/shared/ui/input';
import { MoneyField } from '@/shared/ui/money-field';

import { ATTACHMENTS_MAX } from '../model/values';
import type { RequestForm } from './request-form';

interface TermsSectionProps {
  form: RequestForm;
  /** What was published in a currency stays in it. */
  isCurrencyFixed?: boolean;
}

/** Money, delivery, payment and files. */
export function TermsSection({ form, isCurrencyFixed = false }: TermsSectionProps): ReactNode {
  const { t } = useTranslation('requests');
  const currency = useWatch({ control: form.control, name: 'currency' });
  const country = useWatch({ control: form.control, name: 'delivery_country' });
  const changeCurrency = (next: string): void => {
    const moved = (value: MoneyValue | null): MoneyValue | null =>
      value === null ? null : { ...value, currency: next };
    form.setValue('budget', moved(form.getValues('budget')));
    form.getValues('lines').forEach((line, index) => {
      form.setValue(`lines.${index}.target_price`, moved(line.target_price));
    });
    form.setValue('currency', next);
  };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FormField
        form={form}
        name="currency"
        label={t('fields.currency')}
        hint={isCurrencyFixed ? t('fields.currency_fixed') : undefined}
        isRequired
      >
        {({ value, name, ref, onBlur }) => (
          <Select
            name={name}
            ref={ref}
            value={value}
            disabled={isCurrencyFixed}
            choices={currencyChoices(value)}
            onBlur={onBlur}
            onChange={(event) => changeCurrency(event.target.value)}
          />
        )}
      </FormField>
      <FormField
        form={form}
        name="budget"
        label={t('fields.budget')}
        hint={t('fields.budget_hint')}
      >
        {({ value, onChange, onBlur, name, ref }) => (
          <MoneyField
            ref={ref}
            key={currency}
            name={name}
            value={value}
            currency={currency}
            onChange={onChange}
            onBlur={onBlur}
          />
        )}
      </FormField>
      <FormField form={form} name="delivery_country" label={t('fields.delivery_country')}>
        {(control) => <Select {...control} placeholder="—" choices={countryChoices(country)} />}
      </FormField>
      <FormField form={form} name="delivery_place" label={t('fields.delivery_place')}>
        {(control) => <Input {...control} maxLength={300} autoComplete="off" />}
      </FormField>
      <FormField
        form={form}
        name="delivery_terms"
        label={t('fields.delivery_terms')}
        hint={t('fields.delivery_terms_hint')}
      >
        {(control) => <Input {...control} maxLength={300} autoComplete="off" />}
      </FormField>
      <FormField
        form={form}
        name="payment_terms"
        label={t('fields.payment_terms')}
        hint={t('fields.payment_terms_hint')}
      >
        {(control) => <Input {...control} maxLength={300} autoComplete="off" />}
      </FormField>
      <FormField form={form} name="needed_by" label={t('fields.needed_by')}>
        {({ value, onChange, onBlur, name }) => (
          <DateField value={value} onChange={onChange} onBlur={onBlur} name={name} />
        )}
      </FormField>
      <FormField
        form={form}
        name="attachments"
        label={t('fields.attachments')}
        hint={t('fields.attachments_hint')}
        className="sm:col-span-2"
        isGroup
      >
        {({ value, onChange }) => (
          <FileDrop
            files={value}
            countMax={ATTACHMENTS_MAX}
            onChange={(update) => onChange(update(form.getValues('attachments')))}
          />
        )}
      </FormField>
    </div>
  );
}

function currencyChoices(chosen: string): { value: string; label: string }[] {
  const codes: string[] = [...CURRENCIES];
  if (chosen !== '' && !codes.includes(chosen)) codes.push(chosen);
  return codes.map((code) => ({ value: code, label: code }));
}
