import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormState, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import i18next from 'i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { parseDecimal, plainDecimal } from '@/shared/trade/totals';
import { useUnits } from '@/shared/units/units';
import { Button } from '@/shared/ui/button';
import { RadioGroup } from '@/shared/ui/choice';
import { Dialog } from '@/shared/ui/dialog';
import { Field, FieldError } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useCreditInvoice } from '../api/mutations';
import type { CreditNoteBody, InvoiceDetails } from '../api/types';

const schema = z
  .object({
    scope: z.enum(['full', 'lines']),
    reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(300)),
    lines: z.array(z.object({ line_id: z.string(), quantity: z.string() })),
  })
  .check(
    z.superRefine(({ scope, lines }, context) => {
      if (scope === 'full') return;
      const message = i18next.t('invalid', { ns: 'validation' });
      lines.forEach(({ quantity }, index) => {
        if (quantity.trim() !== '' && parseDecimal(quantity) === null)
          context.addIssue({ code: 'custom', path: ['lines', index, 'quantity'], message });
      });
      if (!lines.some(({ quantity }) => isCredited(quantity)))
        context.addIssue({
          code: 'custom',
          path: ['scope'],
          message: i18next.t('required', { ns: 'validation' }),
        });
    }),
  );

type CreditValues = z.infer<typeof schema>;

function isCredited(quantity: string): boolean {
  const read = parseDecimal(quantity);
  return read !== null && read.digits > 0n;
}

function creditBody({ scope, reason, lines }: CreditValues): CreditNoteBody {
  if (scope === 'full') return { full: true, lines: [], reason };
  return {
    full: false,
    reason,
    lines: lines
      .filter(({ quantity }) => isCredited(quantity))
      .map(({ line_id, quantity }) => ({ line_id, quantity: plainDecimal(quantity) })),
  };
}

interface CreditDialogProps {
  invoice: InvoiceDetails;
  isOpen: boolean;
  onClose: () => void;
}

/** Takes an invoice back, whole or by line, with a credit note that the buyer receives. */
export function CreditDialog({ invoice, isOpen, onClose }: CreditDialogProps): ReactNode {
  const { t } = useTranslation('invoices');
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="medium"
      title={t('credit.title', { number: invoice.number ?? '' })}
      text={t('credit.text')}
    >
      <CreditForm invoice={invoice} onClose={onClose} />
    </Dialog>
  );
}

function CreditForm({ invoice, onClose }: Omit<CreditDialogProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation(['invoices', 'trade', 'ui']);
  const navigate = useNavigate();
  const credit = useCreditInvoice(invoice.id);
  const canBeFull = invoice.credited.amount === 0;
  const form = useZodForm(schema, {
    scope: canBeFull ? ('full' as const) : ('lines' as const),
    reason: '',
    lines: invoice.lines.map((line) => ({ line_id: line.id, quantity: '' })),
  });
  const scope = useWatch({ control: form.control, name: 'scope' });
  const { errors } = useFormState({ control: form.control });
  return (
    <Form
      form={form}
      onSubmit={async (values) => {
        const note = await credit.mutateAsync(creditBody(values));
        showDone(t('credit.done', { number: note.number ?? '' }));
        onClose();
        await navigate({ to: '/app/invoices/$invoiceId', params: { invoiceId: note.id } });
      }}
    >
      <RadioGroup
        label={t('credit.scope')}
        isCards
        value={scope}
        onChange={(value) =>
          form.setValue('scope', value as CreditValues['scope'], {
            shouldValidate: form.formState.isSubmitted,
          })
        }
        choices={[
          {
            value: 'full',
            label: t('credit.full'),
            hint: t('credit.full_text'),
            isDisabled: !canBeFull,
          },
          { value: 'lines', label: t('credit.lines'), hint: t('credit.lines_text') },
        ]}
      />
      {scope === 'lines' && <CreditLines form={form} invoice={invoice} />}
      {scope === 'lines' && errors.scope?.message !== undefined && (
        <FieldError>{t('credit.nothing')}</FieldError>
      )}
      <FormField form={form} name="reason" label={t('credit.reason')} isRequired>
        {(control) => <Input {...control} maxLength={300} autoComplete="off" />}
      </FormField>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{t('credit.submit')}</SubmitButton>
      </div>
    </Form>
  );
}

function CreditLines({
  form,
  invoice,
}: {
  form: ReturnType<typeof useZodForm<CreditValues, CreditValues>>;
  invoice: InvoiceDetails;
}): ReactNode {
  const { t } = useTranslation(['invoices', 'trade']);
  const units = useUnits();
  const { errors } = useFormState({ control: form.control, name: 'lines' });
  return (
    <ol className="flex flex-col divide-y divide-line rounded-base border border-line">
      {invoice.lines.map((line, index) => (
        <li key={line.id} className="flex flex-wrap items-center gap-3 p-3">
          <div className="min-w-40 flex-1 text-body">
            <p className="font-medium">{line.name}</p>
            <p className="text-small text-muted">
              {t('credit.invoiced')} {units.quantity(String(line.quantity), line.unit)}
            </p>
          </div>
          <Field
            label={`${t('credit.quantity')}, ${units.short(line.unit)}`}
            isRequired
            error={errors.lines?.[index]?.quantity?.message}
          >
            <Input
              {...form.register(`lines.${index}.quantity`)}
              inputMode="decimal"
              autoComplete="off"
              className="w-32 text-right tabular"
            />
          </Field>
        </li>
      ))}
    </ol>
  );
}
