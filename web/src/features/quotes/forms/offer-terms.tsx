import type { ReactNode } from 'react';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import { FormField } from '@/shared/forms/form';
import { CURRENCIES } from '@/shared/money/money';
import { DateTimeField } from '@/shared/ui/date-fields';
import { Field } from '@/shared/ui/field';
import { FileDrop } from '@/shared/ui/file-drop';
import { Input, Select, Textarea } from '@/shared/ui/input';
import { MoneyField } from '@/shared/ui/money-field';
import { Card, Section } from '@/shared/ui/page';

import { ATTACHMENTS_MAX } from '../model/offer';
import type { OfferForm } from './offer-line-row';

interface OfferTermsProps {
  form: OfferForm;
  currency: string;
}

/** Everything about the offer that is not a line. */
export function OfferTerms({ form, currency }: OfferTermsProps): ReactNode {
  const { t } = useTranslation(['quotes', 'trade']);
  const currencies: string[] = [...CURRENCIES];
  if (!currencies.includes(currency)) currencies.push(currency);
  return (
    <Section title={t('editor.terms')}>
      <Card className="grid gap-4 sm:grid-cols-2">
        <FormField form={form} name="currency" label={t('trade:currency')} isRequired>
          {(control) => (
            <Select
              {...control}
              choices={currencies.map((code) => ({ value: code, label: code }))}
            />
          )}
        </FormField>
        <FormField
          form={form}
          name="valid_until"
          label={t('trade:valid_until')}
          hint={t('editor.valid_hint')}
          isRequired
        >
          {({ value, onChange, onBlur, name }) => (
            <DateTimeField value={value} onChange={onChange} onBlur={onBlur} name={name} />
          )}
        </FormField>
        <FormField
          form={form}
          name="lead_time_days"
          label={t('editor.lead_time_days')}
          hint={t('editor.lead_time_hint')}
          isRequired
        >
          {(control) => <Input {...control} inputMode="numeric" autoComplete="off" />}
        </FormField>
        <FormField
          form={form}
          name="payment_days"
          label={t('editor.payment_days')}
          hint={t('editor.payment_days_hint')}
        >
          {(control) => <Input {...control} inputMode="numeric" autoComplete="off" />}
        </FormField>
        <FormField
          form={form}
          name="delivery"
          label={t('editor.delivery')}
          hint={t('editor.delivery_hint')}
        >
          {({ value, onChange, onBlur, ref }) => (
            <MoneyField
              ref={ref}
              key={currency}
              value={value}
              currency={currency}
              onChange={onChange}
              onBlur={onBlur}
            />
          )}
        </FormField>
        <FormField
          form={form}
          name="delivery_terms"
          label={t('trade:delivery_terms')}
          hint={t('editor.delivery_terms_hint')}
        >
          {(control) => <Input {...control} autoComplete="off" />}
        </FormField>
        <FormField
          form={form}
          name="payment_terms"
          label={t('trade:payment_terms')}
          className="sm:col-span-2"
        >
          {(control) => <Input {...control} autoComplete="off" />}
        </FormField>
        <FormField form={form} name="note" label={t('trade:note')} className="sm:col-span-2">
          {(control) => <Textarea {...control} rows={3} />}
        </FormField>
        <Field label={t('trade:files')} className="sm:col-span-2">
          <Controller
            control={form.control}
            name="attachments"
            render={({ field: { value, onChange } }) => (
              <FileDrop
                files={value}
                countMax={ATTACHMENTS_MAX}
                // Uploads end in any order: each adds to what is there by then.
                onChange={(update) => onChange(update(form.getValues('attachments')))}
              />
            )}
          />
        </Field>
      </Card>
    </Section>
  );
}
