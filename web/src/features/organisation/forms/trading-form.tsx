import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { countryChoices } from '@/shared/countries/countries';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { useCan } from '@/shared/session/session';
import { MultiCombobox } from '@/shared/ui/combobox';
import { Input } from '@/shared/ui/input';
import { MoneyField } from '@/shared/ui/money-field';
import { Card } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';

import { type Organisation, type TradingProfile, useOrganisationWrites } from '../api/queries';

const LEAD_TIME_DAYS_MAX = 3650;
const line = z.string().check(z.trim(), z.maxLength(300));
const money = z.object({ amount: z.int().check(z.minimum(0)), currency: z.string() });

const side = z.object({
  payment_terms: line,
  delivery_terms: line,
  delivery_place: line,
  delivery_countries: z.array(z.string()),
  lead_time_days: z.pipe(
    z.pipe(
      z.string().check(z.trim(), z.regex(/^\d*$/)),
      z.transform((value) => (value === '' ? null : Number(value))),
    ),
    z.nullable(z.int().check(z.maximum(LEAD_TIME_DAYS_MAX))),
  ),
  minimum_order: z.nullable(money),
});
const schema = z.object({ buyer_profile: side, vendor_profile: side });

type Values = z.input<typeof schema>;
type Side = keyof Values;

function initial(profile: TradingProfile | null): Values[Side] {
  return {
    payment_terms: profile?.payment_terms ?? '',
    delivery_terms: profile?.delivery_terms ?? '',
    delivery_place: profile?.delivery_place ?? '',
    delivery_countries: profile?.delivery_countries ?? [],
    lead_time_days: profile?.lead_time_days == null ? '' : String(profile.lead_time_days),
    minimum_order: profile?.minimum_order ?? null,
  };
}

function toBody({ minimum_order, ...rest }: z.output<typeof side>) {
  return { ...rest, minimum_order_amount: minimum_order?.amount ?? null };
}

/** The terms that new requests and quotes begin with, for each side on which the organisation trades. */
export function TradingForm({ organisation }: { organisation: Organisation }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const { change } = useOrganisationWrites(organisation.id);
  const isLocked = !useCan()('organisation:update');
  const form = useZodForm(schema, {
    buyer_profile: initial(organisation.buyer_profile),
    vendor_profile: initial(organisation.vendor_profile),
  });
  const sides = (['buyer_profile', 'vendor_profile'] as const).filter(
    (name) => organisation[name] !== null,
  );
  if (sides.length === 0) {
    return (
      <Card>
        <EmptyState title={t('trading.empty')} text={t('trading.empty_text')} />
      </Card>
    );
  }
  return (
    <Card>
      <Form
        form={form}
        className="gap-8"
        onSubmit={async (values) => {
          await change(Object.fromEntries(sides.map((name) => [name, toBody(values[name])])));
          showDone(t('common:words.saved'));
        }}
      >
        {sides.map((name) => (
          <SideFields
            key={name}
            form={form}
            side={name}
            currency={organisation.currency}
            isLocked={isLocked}
          />
        ))}
        {!isLocked && (
          <SubmitButton form={form} className="self-start">
            {t('common:words.save')}
          </SubmitButton>
        )}
      </Form>
    </Card>
  );
}

interface SideFieldsProps {
  form: ReturnType<typeof useZodForm<Values, z.output<typeof schema>>>;
  side: Side;
  currency: string;
  isLocked: boolean;
}

function SideFields({ form, side: name, currency, isLocked }: SideFieldsProps): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <fieldset disabled={isLocked} className="grid gap-5 sm:grid-cols-2">
      <legend className="mb-4 text-title font-semibold">{t(`trading.${name}`)}</legend>
      <FormField form={form} name={`${name}.payment_terms`} label={t('trading.payment_terms')}>
        {(control) => <Input {...control} />}
      </FormField>
      <FormField form={form} name={`${name}.delivery_terms`} label={t('trading.delivery_terms')}>
        {(control) => <Input {...control} />}
      </FormField>
      <FormField
        form={form}
        name={`${name}.delivery_place`}
        label={t('trading.delivery_place')}
        className="sm:col-span-2"
      >
        {(control) => <Input {...control} />}
      </FormField>
      <FormField
        form={form}
        name={`${name}.delivery_countries`}
        label={t('trading.delivery_countries')}
        className="sm:col-span-2"
      >
        {({ value, onChange }) => (
          <MultiCombobox
            values={value}
            onChange={onChange}
            options={countryChoices()}
            isDisabled={isLocked}
          />
        )}
      </FormField>
      <FormField form={form} name={`${name}.lead_time_days`} label={t('trading.lead_time_days')}>
        {(control) => <Input {...control} inputMode="numeric" className="max-w-32 tabular" />}
      </FormField>
      <FormField form={form} name={`${name}.minimum_order`} label={t('trading.minimum_order')}>
        {({ value, onChange, onBlur, ref }) => (
          <MoneyField
            ref={ref}
            value={value}
            onChange={onChange}
            onBlur={onBlur}
            currency={currency}
            isDisabled={isLocked}
          />
        )}
      </FormField>
    </fieldset>
  );
}
