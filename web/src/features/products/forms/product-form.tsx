import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { toProblem } from '@/shared/api/problem';
import { problemText } from '@/shared/api/problem-text';
import { CategoryPicker } from '@/shared/categories/category-picker';
import { countryChoices } from '@/shared/countries/countries';
import { useUnits } from '@/shared/units/units';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input, Select, Textarea } from '@/shared/ui/input';
import { MoneyField } from '@/shared/ui/money-field';
import { Section } from '@/shared/ui/page';

import { type Language, LANGUAGES, VISIBILITIES } from '../api/types';
import { AttributeFields } from './attribute-fields';
import type { ProductValues } from './values';

interface ProductFormProps {
  initial: ProductValues;
  /** Variants have their content from their family. */
  isVariant?: boolean;
  isReadOnly?: boolean;
  submitLabel: string;
  onSubmit: (values: ProductValues) => Promise<unknown>;
}

/** Everything that a product says of itself, in three languages, with the attributes of its category. */
export function ProductForm(props: ProductFormProps): ReactNode {
  const { initial, isVariant = false, isReadOnly = false, submitLabel, onSubmit } = props;
  const { t } = useTranslation('products');
  const [values, setValues] = useState(initial);
  const [error, setError] = useState<unknown>(null);
  const [isPending, setIsPending] = useState(false);
  const set = (patch: Partial<ProductValues>): void =>
    setValues((before) => ({ ...before, ...patch }));
  const wrong = new Map(
    (error === null ? [] : toProblem(error).errors).map((one) => [
      one.pointer.replace(/^#?\//, ''),
      one.detail,
    ]),
  );
  const save = async (): Promise<void> => {
    setIsPending(true);
    try {
      await onSubmit(values);
      setError(null);
    } catch (problem) {
      setError(problem);
    } finally {
      setIsPending(false);
    }
  };
  return (
    <form
      className="flex flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {error !== null && <Banner tone="stopped">{problemText(error).message}</Banner>}
      <fieldset disabled={isReadOnly} className="contents">
        {!isVariant && <Texts values={values} set={set} wrong={wrong} />}
        <Section title={t('form.identity')}>
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
            <Field
              label={t('fields.sku')}
              error={wrong.get('sku')}
              hint={t('fields.sku_hint')}
              isRequired
            >
              <Input
                maxLength={64}
                required
                value={values.sku}
                onChange={(event) => set({ sku: event.target.value })}
              />
            </Field>
            <Field
              label={t('fields.barcode')}
              error={wrong.get('barcode')}
              hint={t('fields.barcode_hint')}
            >
              <Input
                inputMode="numeric"
                maxLength={40}
                value={values.barcode}
                onChange={(event) => set({ barcode: event.target.value })}
              />
            </Field>
            {!isVariant && (
              <Field label={t('fields.category')} error={wrong.get('category_id')} isRequired>
                <CategoryPicker
                  value={values.category_id}
                  onChange={(category_id) => set({ category_id, attributes: {} })}
                  isDisabled={isReadOnly}
                />
              </Field>
            )}
          </div>
        </Section>
        {!isVariant && values.category_id !== null && (
          <AttributeFields
            categoryId={values.category_id}
            values={values.attributes}
            onChange={(attributes) => set({ attributes })}
            wrong={wrong}
          />
        )}
        <Trade values={values} set={set} wrong={wrong} isVariant={isVariant} />
      </fieldset>
      {!isReadOnly && (
        <div className="flex justify-end">
          <Button type="submit" variant="primary" isPending={isPending}>
            {submitLabel}
          </Button>
        </div>
      )}
    </form>
  );
}

interface PartProps {
  values: ProductValues;
  set: (patch: Partial<ProductValues>) => void;
  wrong: ReadonlyMap<string, string>;
}

function Texts({ values, set, wrong }: PartProps): ReactNode {
  const { t, i18n } = useTranslation('products');
  // A writer's own language stands first; the others are at hand, and open where something is in them.
  const own = LANGUAGES.find((code) => code === i18n.language) ?? 'en';
  const others = LANGUAGES.filter((code) => code !== own);
  const [isOpen] = useState(() =>
    others.some((code) => values.names[code] !== '' || values.descriptions[code] !== ''),
  );
  const isWrong = [...wrong.keys()].some((pointer) =>
    others.some((code) => pointer === `names/${code}` || pointer === `descriptions/${code}`),
  );
  const fields = (codes: readonly Language[]): ReactNode => (
    <div className="flex flex-col gap-5">
      {codes.map((code) => (
        <div key={code} className="grid gap-3" lang={code}>
          <Field
            label={t(`fields.name_${code}`)}
            error={wrong.get(`names/${code}`) ?? (code === own ? wrong.get('names') : undefined)}
          >
            <Input
              maxLength={200}
              value={values.names[code]}
              onChange={(event) => set({ names: { ...values.names, [code]: event.target.value } })}
            />
          </Field>
          <Field label={t(`fields.description_${code}`)} error={wrong.get(`descriptions/${code}`)}>
            <Textarea
              rows={3}
              maxLength={10_000}
              value={values.descriptions[code]}
              onChange={(event) =>
                set({ descriptions: { ...values.descriptions, [code]: event.target.value } })
              }
            />
          </Field>
        </div>
      ))}
    </div>
  );
  return (
    <Section title={t('form.texts')} text={t('form.texts_hint')}>
      {fields([own])}
      <details open={isOpen || isWrong} className="mt-4">
        <summary className="w-fit cursor-pointer rounded-base py-1 text-body font-medium text-accent">
          {t('form.other_languages')}
        </summary>
        <div className="mt-3">{fields(others)}</div>
      </details>
    </Section>
  );
}

function Trade({ values, set, wrong, isVariant }: PartProps & { isVariant: boolean }): ReactNode {
  const { t } = useTranslation('products');
  const units = useUnits();
  const number = (name: 'tax_rate' | 'pack_size' | 'minimum_order' | 'weight_grams'): ReactNode => (
    <Field label={t(`fields.${name}`)} error={wrong.get(name)} isRequired={name !== 'weight_grams'}>
      <Input
        inputMode="decimal"
        autoComplete="off"
        value={values[name]}
        onChange={(event) => set({ [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <Section title={t('form.trade')}>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field label={t('fields.price')} error={wrong.get('price')} isRequired>
          <MoneyField
            value={values.price}
            onChange={(price) => set({ price })}
            currency={values.currency}
            onCurrency={(currency) =>
              set({
                currency,
                price: values.price === null ? null : { ...values.price, currency },
              })
            }
          />
        </Field>
        {!isVariant && (
          <>
            {number('tax_rate')}
            <Field label={t('fields.unit')} error={wrong.get('unit')} isRequired>
              <Select
                value={values.unit}
                onChange={(event) => set({ unit: event.target.value })}
                choices={units.choices(values.unit)}
              />
            </Field>
            {number('pack_size')}
            {number('minimum_order')}
          </>
        )}
        {number('weight_grams')}
        {!isVariant && (
          <>
            <Field label={t('fields.country')} error={wrong.get('country')}>
              <Select
                value={values.country}
                placeholder={t('fields.country_none')}
                onChange={(event) => set({ country: event.target.value })}
                choices={countryChoices(values.country)}
              />
            </Field>
            <Field label={t('fields.visibility')} isRequired>
              <Select
                value={values.visibility}
                onChange={(event) =>
                  set({
                    visibility: VISIBILITIES.find((one) => one === event.target.value) ?? 'both',
                  })
                }
                choices={VISIBILITIES.map((value) => ({ value, label: t(`visibility.${value}`) }))}
              />
            </Field>
          </>
        )}
      </div>
    </Section>
  );
}
