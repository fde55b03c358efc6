import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Controller,
  useFieldArray,
  type UseFormReturn,
  useFormState,
  useWatch,
} from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { withoutPrefix } from '@/shared/trade/problems';
import { offerTotals } from '@/shared/trade/totals';
import { TotalsList } from '@/shared/trade/totals-list';
import { useUnits } from '@/shared/units/units';
import type { CustomActionProps } from '@/shared/ui/action-bar';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { DateField } from '@/shared/ui/date-fields';
import { Drawer } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { IconButton } from '@/shared/ui/icon-button';
import { Input, Select, Textarea } from '@/shared/ui/input';
import { MoneyField } from '@/shared/ui/money-field';

import {
  emptyTermsLine,
  proposalBody,
  termsSchema,
  type TermsValues,
  termsValues,
} from '../model/terms-form';
import { useDeal } from './deal-context';

type TermsForm = UseFormReturn<TermsValues, unknown, TermsValues>;

/** Proposes new terms: the present ones, changed. They take every signature away. */
export function ProposeDrawer({ isOpen, onClose, onSubmit }: CustomActionProps): ReactNode {
  const { t } = useTranslation('deals');
  return (
    <Drawer
      isWide
      isOpen={isOpen}
      onClose={onClose}
      title={t('propose.title')}
      text={t('propose.text')}
    >
      <ProposalForm onClose={onClose} onSubmit={onSubmit} />
    </Drawer>
  );
}

function ProposalForm({ onClose, onSubmit }: Omit<CustomActionProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation(['deals', 'ui', 'common']);
  const deal = useDeal();
  const { currency } = deal.total;
  const form = useZodForm(termsSchema, termsValues(deal.terms));
  return (
    <Form
      form={form}
      onSubmit={async (values) => {
        try {
          await onSubmit(proposalBody(values, currency));
        } catch (error) {
          throw withoutPrefix(error, 'terms');
        }
        onClose();
      }}
    >
      {deal.signed_by.length > 0 && <Banner tone="waiting">{t('propose.unsigns')}</Banner>}
      <LineFields form={form} currency={currency} />
      <ClauseFields form={form} />
      <FormField form={form} name="note" label={t('propose.note')} hint={t('propose.note_hint')}>
        {(control) => <Textarea {...control} rows={2} />}
      </FormField>
      <div className="sticky -bottom-5 -mx-5 -mb-5 flex justify-end gap-2 border-t border-line bg-surface px-5 py-3">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{t('common:actions.propose-terms')}</SubmitButton>
      </div>
    </Form>
  );
}

function LineFields({ form, currency }: { form: TermsForm; currency: string }): ReactNode {
  const { t } = useTranslation(['deals', 'trade', 'ui']);
  const units = useUnits();
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'lines' });
  const { errors } = useFormState({ control: form.control, name: 'lines' });
  const lines = useWatch({ control: form.control, name: 'lines' });
  return (
    <div className="flex flex-col gap-3">
      <ol className="flex flex-col gap-3">
        {fields.map((field, index) => {
          const error = errors.lines?.[index];
          return (
            <li
              key={field.id}
              className="grid grid-cols-2 items-start gap-2 rounded-base border border-line p-3 sm:grid-cols-[6rem_7rem_1fr_5rem_auto]"
            >
              <Field
                label={t('trade:item')}
                isRequired
                error={error?.name?.message}
                className="col-span-2 sm:col-span-5"
              >
                <Input {...form.register(`lines.${index}.name`)} autoComplete="off" />
              </Field>
              <Field label={t('trade:quantity')} isRequired error={error?.quantity?.message}>
                <Input
                  {...form.register(`lines.${index}.quantity`)}
                  inputMode="decimal"
                  className="text-right tabular"
                />
              </Field>
              <Field label={t('trade:unit')} isRequired>
                <Select
                  {...form.register(`lines.${index}.unit`)}
                  choices={units.choices(field.unit)}
                />
              </Field>
              <Field label={t('trade:price')} isRequired error={error?.unit_price?.message}>
                <Controller
                  control={form.control}
                  name={`lines.${index}.unit_price`}
                  render={({ field: { value, onChange, onBlur, ref } }) => (
                    <MoneyField
                      ref={ref}
                      value={value}
                      currency={currency}
                      onChange={onChange}
                      onBlur={onBlur}
                    />
                  )}
                />
              </Field>
              <Field label={t('trade:tax_rate')} isRequired error={error?.tax_rate?.message}>
                <Input
                  {...form.register(`lines.${index}.tax_rate`)}
                  inputMode="decimal"
                  className="text-right tabular"
                />
              </Field>
              <IconButton
                icon={Trash2}
                label={t('ui:remove_named', { name: field.name })}
                className="mt-5.5 justify-self-end"
                disabled={fields.length === 1}
                onClick={() => remove(index)}
              />
            </li>
          );
        })}
      </ol>
      <Button icon={Plus} className="self-start" onClick={() => append(emptyTermsLine())}>
        {t('propose.add_line')}
      </Button>
      <TotalsList className="ml-auto w-full sm:w-80" {...offerTotals(lines, currency)} />
    </div>
  );
}

function ClauseFields({ form }: { form: TermsForm }): ReactNode {
  const { t } = useTranslation('trade');
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {(['delivery_terms', 'delivery_place', 'payment_terms'] as const).map((name) => (
        <FormField key={name} form={form} name={name} label={t(`fields.${name}`)}>
          {(control) => <Input {...control} autoComplete="off" />}
        </FormField>
      ))}
      {(['payment_days', 'lead_time_days'] as const).map((name) => (
        <FormField key={name} form={form} name={name} label={t(`fields.${name}`)}>
          {(control) => <Input {...control} inputMode="numeric" autoComplete="off" />}
        </FormField>
      ))}
      {(['delivery_date', 'valid_until'] as const).map((name) => (
        <FormField
          key={name}
          form={form}
          name={name}
          label={name === 'valid_until' ? t('sign_before') : t('fields.delivery_date')}
        >
          {({ value, onChange, onBlur }) => (
            <DateField value={value} onChange={onChange} onBlur={onBlur} />
          )}
        </FormField>
      ))}
      {(['warranty', 'penalties', 'notes'] as const).map((name) => (
        <FormField
          key={name}
          form={form}
          name={name}
          label={t(`fields.${name}`)}
          className="sm:col-span-2"
        >
          {(control) => <Textarea {...control} rows={2} className="min-h-9" />}
        </FormField>
      ))}
    </div>
  );
}
