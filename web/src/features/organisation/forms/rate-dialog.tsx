import i18next from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { utcToLocalInput } from '@/shared/dates/format';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { CURRENCIES } from '@/shared/money/money';
import { useSession } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { DateField } from '@/shared/ui/date-fields';
import { Dialog } from '@/shared/ui/dialog';
import { Input, Select } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useEnterRate } from '../api/queries';

const SOURCE_LENGTH_MAX = 200;
/** Above zero, with as many digits as are stored. */
const RATE = /^(?=.*[1-9])\d{1,14}(\.\d{1,10})?$/;

const schema = z
  .object({
    base: z.string().check(z.length(3)),
    quote: z.string().check(z.length(3)),
    // Written as people do, sent as the decimal string that keeps every digit.
    rate: z.pipe(
      z.pipe(
        z.string(),
        z.transform((value) => value.replaceAll(/\s/g, '').replace(',', '.')),
      ),
      z
        .string()
        .check(
          z.minLength(1, { abort: true }),
          z.regex(RATE, { error: () => i18next.t('rates.not_a_rate', { ns: 'settings' }) }),
        ),
    ),
    effective_on: z.string().check(z.minLength(1)),
    source: z.string().check(z.trim(), z.maxLength(SOURCE_LENGTH_MAX)),
  })
  .check(
    z.refine(({ base, quote }) => base !== quote, {
      path: ['quote'],
      error: () => i18next.t('rates.same_currency', { ns: 'settings' }),
    }),
  );

interface RateDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Enters a rate; one of the same pair and day is replaced. */
export function RateDialog({ isOpen, onClose }: RateDialogProps): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('rates.add')} text={t('rates.add_text')}>
      <RateForm onClose={onClose} />
    </Dialog>
  );
}

function RateForm({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation(['settings', 'ui', 'common']);
  const enter = useEnterRate();
  const own = useSession()?.organisation.currency ?? 'KZT';
  const form = useZodForm(schema, {
    base: own === 'USD' ? 'EUR' : 'USD',
    quote: own,
    rate: '',
    effective_on: utcToLocalInput(new Date().toISOString()).slice(0, 10),
    source: '',
  });
  const currencies = [...new Set([...CURRENCIES, own])].map((value) => ({ value, label: value }));
  return (
    <Form
      form={form}
      onSubmit={async (values) => {
        await enter(values);
        showDone(t('common:words.saved'));
        onClose();
      }}
    >
      <div className="grid grid-cols-2 gap-4">
        <FormField form={form} name="base" label={t('rates.base')} isRequired>
          {(control) => <Select {...control} choices={currencies} />}
        </FormField>
        <FormField form={form} name="quote" label={t('rates.quote')} isRequired>
          {(control) => <Select {...control} choices={currencies} />}
        </FormField>
      </div>
      <FormField
        form={form}
        name="rate"
        label={t('rates.rate')}
        hint={t('rates.rate_hint')}
        isRequired
      >
        {(control) => <Input {...control} inputMode="decimal" className="tabular" />}
      </FormField>
      <FormField form={form} name="effective_on" label={t('rates.effective_on')} isRequired>
        {({ value, onChange }) => <DateField value={value} onChange={onChange} />}
      </FormField>
      <FormField form={form} name="source" label={t('rates.source')} hint={t('rates.source_hint')}>
        {(control) => <Input {...control} />}
      </FormField>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{t('common:words.save')}</SubmitButton>
      </div>
    </Form>
  );
}
