import i18next from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { useCan } from '@/shared/session/session';
import { Input } from '@/shared/ui/input';
import { Card } from '@/shared/ui/page';
import { showDone } from '@/shared/ui/toast';

import {
  type Organisation,
  type OrganisationSettings,
  useOrganisationWrites,
} from '../api/queries';

const line = z.string().check(z.trim(), z.maxLength(300));
const code = (length: number) =>
  z
    .string()
    .check(z.trim(), z.maxLength(length), z.regex(/^[A-Za-z0-9 \-/.]*$/, say('not_a_code')));

/** The words of a refusal, looked up when it is shown. */
function say(key: 'not_a_code' | 'not_a_postal_code' | 'not_a_phone'): { error: () => string } {
  return { error: () => i18next.t(`requisites.${key}`, { ns: 'settings' }) };
}

const orNull = (value: string): string | null => (value === '' ? null : value);

const schema = z.object({
  legal_name: line,
  tax_id: code(40),
  vat_number: z.string().check(z.trim(), z.maxLength(40)),
  address: line,
  postal_code: z
    .string()
    .check(z.trim(), z.regex(/^[A-Za-z0-9 -]{0,16}$/, say('not_a_postal_code'))),
  email: z.pipe(z.union([z.literal(''), z.email()]), z.transform(orNull)),
  phone: z.pipe(
    z.string().check(z.trim(), z.regex(/^(\+?[0-9][0-9 ()-]{4,30})?$/, say('not_a_phone'))),
    z.transform(orNull),
  ),
  bank_name: line,
  bank_code: code(20),
  bank_account: code(40),
  beneficiary_code: code(20),
});

const OFFICIAL = [
  'legal_name',
  'tax_id',
  'vat_number',
  'address',
  'postal_code',
  'email',
  'phone',
] as const;
const BANK = ['bank_name', 'bank_account', 'bank_code', 'beneficiary_code'] as const;
const WIDE: readonly string[] = ['legal_name', 'address', 'bank_name'];

interface RequisitesFormProps {
  organisation: Organisation;
  /** Null for those who may not see the bank account. */
  bank: OrganisationSettings | null;
}

/** What stands on contracts and invoices. */
export function RequisitesForm({ organisation, bank }: RequisitesFormProps): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const { change, changeSettings } = useOrganisationWrites(organisation.id);
  const can = useCan();
  const isLocked = !can('organisation:update');
  const form = useZodForm(schema, {
    legal_name: organisation.legal_name,
    tax_id: organisation.tax_id,
    vat_number: organisation.vat_number,
    address: organisation.address,
    postal_code: organisation.postal_code,
    email: organisation.details?.email ?? '',
    phone: organisation.details?.phone ?? '',
    bank_name: bank?.bank_name ?? '',
    bank_code: bank?.bank_code ?? '',
    bank_account: bank?.bank_account ?? '',
    beneficiary_code: bank?.beneficiary_code ?? '',
  });
  const field = (name: (typeof OFFICIAL)[number] | (typeof BANK)[number]): ReactNode => (
    <FormField
      key={name}
      form={form}
      name={name}
      label={t(`requisites.${name}`)}
      {...(WIDE.includes(name) ? { className: 'sm:col-span-2' } : {})}
    >
      {(control) => <Input {...control} autoComplete="off" />}
    </FormField>
  );
  return (
    <Card>
      <Form
        form={form}
        className="gap-6"
        onSubmit={async ({ bank_name, bank_code, bank_account, beneficiary_code, ...official }) => {
          await change(official);
          if (bank !== null && can('organisation:update_settings')) {
            await changeSettings({ bank_name, bank_code, bank_account, beneficiary_code });
          }
          showDone(t('common:words.saved'));
        }}
      >
        <fieldset disabled={isLocked} className="grid gap-5 sm:grid-cols-2">
          <legend className="mb-4 text-title font-semibold">{t('requisites.official')}</legend>
          {OFFICIAL.map(field)}
        </fieldset>
        {bank !== null && (
          <fieldset disabled={isLocked} className="grid gap-5 sm:grid-cols-2">
            <legend className="mb-4">
              <span className="block text-title font-semibold">{t('requisites.bank')}</span>
              <span className="mt-1 block text-small text-muted">{t('requisites.bank_hint')}</span>
            </legend>
            {BANK.map(field)}
          </fieldset>
        )}
        {!isLocked && (
          <SubmitButton form={form} className="self-start">
            {t('common:words.save')}
          </SubmitButton>
        )}
      </Form>
    </Card>
  );
}
