import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import type { MoneyValue } from '@/shared/api/types';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { localDay } from '@/shared/trade/words';
import { Button } from '@/shared/ui/button';
import { DateField } from '@/shared/ui/date-fields';
import { Dialog } from '@/shared/ui/dialog';
import { Input, Select } from '@/shared/ui/input';
import { MoneyField } from '@/shared/ui/money-field';
import { showDone } from '@/shared/ui/toast';
import { Money } from '@/shared/ui/values';

import { useRecordPayment } from '../api/mutations';
import { type InvoiceDetails, PAYMENT_METHODS } from '../api/types';

const schema = z.object({
  amount: z.custom<MoneyValue>(
    (value) =>
      typeof value === 'object' && value !== null && 'amount' in value && Number(value.amount) > 0,
  ),
  paid_on: z.string().check(z.minLength(1)),
  method: z.enum(PAYMENT_METHODS),
  reference: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
});

interface PaymentDialogProps {
  invoice: InvoiceDetails;
  isOpen: boolean;
  onClose: () => void;
}

/** Records a payment of all that is due, or of a part. */
export function PaymentDialog({ invoice, isOpen, onClose }: PaymentDialogProps): ReactNode {
  const { t } = useTranslation('invoices');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('payment.title')} text={t('payment.text')}>
      <PaymentForm invoice={invoice} onClose={onClose} />
    </Dialog>
  );
}

function PaymentForm({ invoice, onClose }: Omit<PaymentDialogProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation(['invoices', 'trade', 'ui']);
  const record = useRecordPayment(invoice.id);
  const form = useZodForm(schema, {
    amount: invoice.due,
    paid_on: localDay(new Date()),
    method: 'bank_transfer' as const,
    reference: '',
  });
  return (
    <Form
      form={form}
      onSubmit={async (values) => {
        await record.mutateAsync(values);
        showDone(t('payment.done'));
        onClose();
      }}
    >
      <p className="flex items-baseline justify-between text-body">
        <span className="text-muted">{t('due')}</span>
        <Money value={invoice.due} className="font-semibold" />
      </p>
      <FormField
        form={form}
        name="amount"
        label={t('payment.amount')}
        hint={t('payment.amount_hint')}
        isRequired
      >
        {({ value, onChange, onBlur, ref }) => (
          <MoneyField
            ref={ref}
            value={value}
            currency={invoice.due.currency}
            onChange={onChange}
            onBlur={onBlur}
          />
        )}
      </FormField>
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
        <SubmitButton form={form}>{t('payment.submit')}</SubmitButton>
      </div>
    </Form>
  );
}
