import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { localDay } from '@/shared/trade/words';
import type { CustomActionProps } from '@/shared/ui/action-bar';
import { Button } from '@/shared/ui/button';
import { DateField } from '@/shared/ui/date-fields';
import { Dialog } from '@/shared/ui/dialog';
import { Input, Select, Textarea } from '@/shared/ui/input';
import { Money } from '@/shared/ui/values';

import { PAYMENT_METHODS } from '../api/types';
import { useDeal } from './deal-context';

const invoiceSchema = z.object({
  due_date: z.string(),
  buyer_reference: z.string().check(z.trim(), z.maxLength(300)),
  notes: z.string().check(z.maxLength(10_000)),
});

/** What an invoice needs beyond the signed terms. */
export function InvoiceDialog({ isOpen, onClose, onSubmit }: CustomActionProps): ReactNode {
  const { t } = useTranslation(['deals', 'common', 'ui']);
  const deal = useDeal();
  const form = useZodForm(invoiceSchema, { due_date: '', buyer_reference: '', notes: '' });
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('invoice.title')} text={t('invoice.text')}>
      <Form
        form={form}
        onSubmit={async (values) => {
          await onSubmit({
            ...values,
            due_date: values.due_date === '' ? null : values.due_date,
          });
          onClose();
        }}
      >
        <FormField
          form={form}
          name="due_date"
          label={t('invoice.due_date')}
          hint={t('invoice.due_hint', { count: deal.terms.payment_days })}
        >
          {({ value, onChange, onBlur }) => (
            <DateField
              value={value}
              onChange={onChange}
              onBlur={onBlur}
              min={localDay(new Date())}
            />
          )}
        </FormField>
        <FormField
          form={form}
          name="buyer_reference"
          label={t('invoice.reference')}
          hint={t('invoice.reference_hint')}
        >
          {(control) => <Input {...control} autoComplete="off" />}
        </FormField>
        <FormField form={form} name="notes" label={t('invoice.notes')}>
          {(control) => <Textarea {...control} rows={3} />}
        </FormField>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <SubmitButton form={form}>{t('common:actions.create-invoice')}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  );
}

const paidSchema = z.object({
  reference: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  paid_on: z.string().check(z.minLength(1)),
  method: z.enum(PAYMENT_METHODS),
});

/** A payment of everything that is due, which reached the vendor outside the platform. */
export function PaidDialog({ isOpen, onClose, onSubmit }: CustomActionProps): ReactNode {
  const { t } = useTranslation(['deals', 'trade', 'common', 'ui']);
  const deal = useDeal();
  const today = localDay(new Date());
  const form = useZodForm(paidSchema, {
    reference: '',
    paid_on: today,
    method: 'bank_transfer' as const,
  });
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('paid.title')} text={t('paid.text')}>
      <Form
        form={form}
        onSubmit={async (values) => {
          await onSubmit(values);
          onClose();
        }}
      >
        {deal.invoice !== null && (
          <p className="flex items-baseline justify-between text-body">
            <span className="text-muted">{t('paid.due')}</span>
            <Money value={deal.invoice.due} className="text-title font-semibold" />
          </p>
        )}
        <FormField
          form={form}
          name="reference"
          label={t('trade:payment.reference')}
          hint={t('trade:payment.reference_hint')}
          isRequired
        >
          {(control) => <Input {...control} autoComplete="off" maxLength={100} />}
        </FormField>
        <FormField form={form} name="paid_on" label={t('trade:payment.paid_on')} isRequired>
          {({ value, onChange, onBlur }) => (
            <DateField value={value} onChange={onChange} onBlur={onBlur} />
          )}
        </FormField>
        <FormField form={form} name="method" label={t('trade:payment.method')} isRequired>
          {(control) => (
            <Select
              {...control}
              choices={PAYMENT_METHODS.map((method) => ({
                value: method,
                label: t(`trade:payment.methods.${method}`),
              }))}
            />
          )}
        </FormField>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <SubmitButton form={form}>{t('common:actions.mark-paid')}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  );
}
