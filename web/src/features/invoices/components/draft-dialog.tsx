import i18next from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { parseDecimal, plainDecimal } from '@/shared/trade/totals';
import { Button } from '@/shared/ui/button';
import { DateField } from '@/shared/ui/date-fields';
import { Dialog } from '@/shared/ui/dialog';
import { Input, Textarea } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useEditDraft } from '../api/mutations';
import type { EditInvoiceBody, InvoiceDetails } from '../api/types';

const invalid = (): string => i18next.t('invalid', { ns: 'validation' });
const taxRate = z.string().check(
  z.trim(),
  z.refine((value) => parseDecimal(value) !== null && Number(plainDecimal(value)) <= 100, {
    error: invalid,
  }),
);

const schema = z.object({
  due_date: z.string(),
  payment_terms: z.string().check(z.trim(), z.maxLength(300)),
  buyer_reference: z.string().check(z.trim(), z.maxLength(300)),
  notes: z.string().check(z.trim(), z.maxLength(10_000)),
  rates: z.array(taxRate),
});

type DraftValues = z.infer<typeof schema>;

/** What the draft becomes. The lines are sent whole, and only when a rate has changed. */
export function draftBody(invoice: InvoiceDetails, values: DraftValues): EditInvoiceBody {
  const { due_date, rates, ...texts } = values;
  const written = rates.map(plainDecimal);
  const isSame = invoice.lines.every(
    ({ tax_rate }, index) => Number(tax_rate) === Number(written[index]),
  );
  const lines = invoice.lines.map(({ name, description, quantity, unit, unit_price }, index) => ({
    name,
    description,
    quantity,
    unit,
    unit_price,
    tax_rate: written[index] ?? '0',
  }));
  return {
    version: invoice.version,
    due_date: due_date === '' ? null : due_date,
    ...texts,
    ...(isSame ? {} : { lines }),
  };
}

interface DraftDialogProps {
  invoice: InvoiceDetails;
  isOpen: boolean;
  onClose: () => void;
}

/** Changes what a draft says besides its goods: when it is due, on what terms, and at which rate each line is taxed. */
export function DraftDialog({ invoice, isOpen, onClose }: DraftDialogProps): ReactNode {
  const { t } = useTranslation('invoices');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('edit.title')} text={t('edit.text')}>
      <DraftForm invoice={invoice} onClose={onClose} />
    </Dialog>
  );
}

function DraftForm({ invoice, onClose }: Omit<DraftDialogProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation(['invoices', 'ui']);
  const edit = useEditDraft(invoice.id);
  const form = useZodForm(schema, {
    due_date: invoice.due_date ?? '',
    payment_terms: invoice.payment_terms,
    buyer_reference: invoice.buyer_reference,
    notes: invoice.notes,
    rates: invoice.lines.map(({ tax_rate }) => tax_rate),
  });
  return (
    <Form
      form={form}
      onSubmit={async (values) => {
        await edit.mutateAsync(draftBody(invoice, values));
        showDone(t('edit.done'));
        onClose();
      }}
    >
      <FormField form={form} name="due_date" label={t('due_date')}>
        {({ value, onChange, onBlur }) => (
          <DateField value={value} onChange={onChange} onBlur={onBlur} />
        )}
      </FormField>
      <FormField form={form} name="payment_terms" label={t('edit.payment_terms')}>
        {(control) => <Input {...control} autoComplete="off" maxLength={300} />}
      </FormField>
      <FormField
        form={form}
        name="buyer_reference"
        label={t('buyer_reference')}
        hint={t('edit.buyer_reference_hint')}
      >
        {(control) => <Input {...control} autoComplete="off" maxLength={300} />}
      </FormField>
      <FormField form={form} name="notes" label={t('edit.notes')}>
        {(control) => <Textarea {...control} rows={3} maxLength={10_000} />}
      </FormField>
      {invoice.lines.map((line, index) => (
        <FormField
          key={line.id}
          form={form}
          name={`rates.${String(index)}` as 'rates.0'}
          label={t('edit.tax_rate', { name: line.name })}
          isRequired
        >
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              className="max-w-28 tabular"
            />
          )}
        </FormField>
      ))}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{t('edit.submit')}</SubmitButton>
      </div>
    </Form>
  );
}
