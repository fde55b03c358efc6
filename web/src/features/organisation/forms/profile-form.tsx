import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { useCategories } from '@/shared/categories/categories';
import { countryChoices } from '@/shared/countries/countries';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { LANGUAGE_NAMES, LANGUAGES } from '@/shared/i18n/languages';
import { CURRENCIES } from '@/shared/money/money';
import { useCan } from '@/shared/session/session';
import { Checkbox } from '@/shared/ui/choice';
import { MultiCombobox } from '@/shared/ui/combobox';
import { Input, Select, Textarea } from '@/shared/ui/input';
import { Card } from '@/shared/ui/page';
import { PictureField } from '@/shared/ui/picture-field';
import { showDone } from '@/shared/ui/toast';

import { type Organisation, useOrganisationWrites } from '../api/queries';

const NAME_LENGTH_MAX = 200;
const DESCRIPTION_LENGTH_MAX = 5000;

const schema = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(NAME_LENGTH_MAX)),
  description: z.string().check(z.trim(), z.maxLength(DESCRIPTION_LENGTH_MAX)),
  categories: z.array(z.string()),
  country: z.string().check(z.length(2)),
  city: z.string().check(z.trim()),
  website: z.pipe(
    z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
    z.transform((value) => (value === '' ? null : value)),
  ),
  buys: z.boolean(),
  sells: z.boolean(),
  currency: z.string().check(z.length(3)),
  locale: z.enum(LANGUAGES),
});

/** What everybody on the platform may read. */
export function ProfileForm({ organisation }: { organisation: Organisation }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const { change, changeLogo } = useOrganisationWrites(organisation.id);
  const isLocked = !useCan()('organisation:update');
  const form = useZodForm(schema, {
    name: organisation.name,
    description: organisation.description,
    categories: organisation.categories,
    country: organisation.country,
    city: organisation.city,
    website: organisation.website ?? '',
    buys: organisation.buys,
    sells: organisation.sells,
    currency: organisation.currency,
    locale: LANGUAGES.find((one) => one === organisation.details?.locale) ?? 'en',
  });
  return (
    <Card className="flex flex-col gap-6">
      {!isLocked && (
        <PictureField
          isOrganisation
          name={organisation.name}
          url={organisation.logo_url}
          label={t('organisation.logo')}
          onChange={changeLogo}
        />
      )}
      <Form
        form={form}
        className="gap-5"
        onSubmit={async (values) => {
          await change(values);
          showDone(t('common:words.saved'));
        }}
      >
        <fieldset disabled={isLocked} className="grid gap-5 sm:grid-cols-2">
          <legend className="sr-only">{t('organisation.tabs.profile')}</legend>
          <FormField
            form={form}
            name="name"
            label={t('organisation.name')}
            isRequired
            className="sm:col-span-2"
          >
            {(control) => <Input {...control} autoComplete="organization" />}
          </FormField>
          <FormField
            form={form}
            name="description"
            label={t('organisation.description')}
            hint={t('organisation.description_hint')}
            className="sm:col-span-2"
          >
            {(control) => <Textarea {...control} />}
          </FormField>
          <CategoriesField form={form} isLocked={isLocked} />
          <FormField form={form} name="country" label={t('organisation.country')} isRequired>
            {(control) => <Select {...control} choices={countryChoices(organisation.country)} />}
          </FormField>
          <FormField form={form} name="city" label={t('organisation.city')}>
            {(control) => <Input {...control} autoComplete="address-level2" />}
          </FormField>
          <FormField form={form} name="website" label={t('organisation.website')}>
            {(control) => <Input {...control} type="url" placeholder="https://" />}
          </FormField>
          <FormField form={form} name="currency" label={t('organisation.currency')} isRequired>
            {(control) => (
              <Select
                {...control}
                choices={[...new Set([...CURRENCIES, organisation.currency])].map((value) => ({
                  value,
                  label: value,
                }))}
              />
            )}
          </FormField>
          <FormField
            form={form}
            name="locale"
            label={t('organisation.language')}
            hint={t('organisation.language_hint')}
            isRequired
          >
            {(control) => (
              <Select
                {...control}
                choices={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
              />
            )}
          </FormField>
          <SidesField form={form} isLocked={isLocked} />
        </fieldset>
        {!isLocked && (
          <SubmitButton form={form} className="self-start">
            {t('common:words.save')}
          </SubmitButton>
        )}
      </Form>
    </Card>
  );
}

type ProfileFormState = ReturnType<
  typeof useZodForm<z.input<typeof schema>, z.output<typeof schema>>
>;

interface PartProps {
  form: ProfileFormState;
  isLocked: boolean;
}

function CategoriesField({ form, isLocked }: PartProps): ReactNode {
  const { t } = useTranslation('settings');
  const { choices, label } = useCategories();
  return (
    <FormField
      form={form}
      name="categories"
      label={t('organisation.categories')}
      hint={t('organisation.categories_hint')}
      className="sm:col-span-2"
    >
      {({ value, onChange }) => (
        <MultiCombobox
          values={value}
          onChange={onChange}
          options={choices}
          labels={Object.fromEntries(value.map((code) => [code, label(code)]))}
          isDisabled={isLocked}
        />
      )}
    </FormField>
  );
}

function SidesField({ form, isLocked }: PartProps): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <div className="flex flex-col gap-3 sm:col-span-2 sm:flex-row sm:gap-8">
      {(['buys', 'sells'] as const).map((name) => (
        <FormField
          key={name}
          form={form}
          name={name}
          label={t(`organisation.${name}`)}
          isGroup
          isRequired
          isLabelHidden
        >
          {({ value, onChange }) => (
            <Checkbox
              label={t(`organisation.${name}`)}
              hint={t(`organisation.${name}_hint`)}
              isChecked={value}
              onChange={onChange}
              isDisabled={isLocked}
            />
          )}
        </FormField>
      ))}
    </div>
  );
}
