import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { useAttributeUnits } from '@/shared/categories/attribute-units';
import type { CategoryAttribute, CategoryPage } from '@/shared/categories/tree';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/choice';
import { Dialog } from '@/shared/ui/dialog';
import { Input, Select, Textarea } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useSetAttribute } from '../api/mutations';
import { optionsText, readOptions } from '../model/options';
import { NamesFields, namesSchema, NO_NAMES } from './names-fields';

const KINDS = ['text', 'number', 'choice', 'boolean'] as const;
const CODE_MAX = 60;
const OPTIONS_MAX = 20_000;
const number = z.string().check(z.trim(), z.regex(/^(-?[0-9]+([.][0-9]{1,6})?)?$/));

const schema = z
  .object({
    code: z
      .string()
      .check(z.trim(), z.maxLength(CODE_MAX), z.regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/)),
    kind: z.enum(KINDS),
    names: namesSchema,
    unit: z.string(),
    min: number,
    max: number,
    options: z.string().check(z.maxLength(OPTIONS_MAX)),
    required: z.boolean(),
    filterable: z.boolean(),
  })
  .check(
    z.refine(({ kind, options }) => kind !== 'choice' || (readOptions(options) ?? []).length > 0, {
      path: ['options'],
    }),
  );

interface AttributeDialogProps {
  isOpen: boolean;
  onClose: () => void;
  category: CategoryPage;
  /** The attribute that is changed, or said again for this category; a new one without it. */
  attribute: CategoryAttribute | null;
}

/** Asks what products of a category are asked for. */
export function AttributeDialog(props: AttributeDialogProps): ReactNode {
  const { isOpen, onClose, attribute } = props;
  const { t } = useTranslation('categories');
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="medium"
      title={attribute === null ? t('attribute.add') : t('attribute.edit')}
      {...(attribute !== null && attribute.inherited_from !== null
        ? { text: t('attribute.override_text') }
        : {})}
    >
      {isOpen && <AttributeForm {...props} />}
    </Dialog>
  );
}

function AttributeForm({ onClose, category, attribute }: AttributeDialogProps): ReactNode {
  const { t } = useTranslation(['categories', 'ui']);
  const units = useAttributeUnits();
  const save = useSetAttribute();
  const form = useZodForm(schema, {
    code: attribute?.code ?? '',
    kind: attribute?.kind ?? 'text',
    names: attribute?.names ?? NO_NAMES,
    unit: attribute?.unit ?? '',
    min: attribute?.min?.toString() ?? '',
    max: attribute?.max?.toString() ?? '',
    options: optionsText(attribute?.options ?? []),
    required: attribute?.required ?? false,
    filterable: attribute?.filterable ?? true,
  });
  const kind = form.watch('kind');
  const isFixed = attribute !== null;
  return (
    <Form
      form={form}
      onSubmit={async ({ code, names, unit, min, max, options, ...rest }) => {
        const isNumber = rest.kind === 'number';
        await save.mutateAsync({
          id: category.id,
          code,
          body: {
            ...rest,
            names,
            version: category.version,
            position: attribute?.position ?? category.attributes.length,
            unit: isNumber && unit !== '' ? unit : null,
            min: isNumber && min !== '' ? min : null,
            max: isNumber && max !== '' ? max : null,
            options: rest.kind === 'choice' ? (readOptions(options) ?? []) : [],
          },
        });
        showDone(t('saved'));
        onClose();
      }}
    >
      <NamesFields form={form} />
      <div className="grid items-end gap-4 sm:grid-cols-2">
        <FormField form={form} name="kind" label={t('attribute.kind')} isRequired>
          {(control) => (
            <Select
              {...control}
              disabled={isFixed}
              choices={KINDS.map((one) => ({ value: one, label: t(`kinds.${one}`) }))}
            />
          )}
        </FormField>
        <FormField
          form={form}
          name="code"
          label={t('code')}
          hint={t('attribute.code_hint')}
          isRequired
        >
          {(control) => (
            <Input {...control} disabled={isFixed} maxLength={CODE_MAX} autoComplete="off" />
          )}
        </FormField>
      </div>
      {kind === 'number' && (
        <div className="grid gap-4 sm:grid-cols-3">
          <FormField form={form} name="unit" label={t('attribute.unit')}>
            {(control) => (
              <Select
                {...control}
                disabled={isFixed}
                choices={[{ value: '', label: t('attribute.no_unit') }, ...units.choices]}
              />
            )}
          </FormField>
          <FormField form={form} name="min" label={t('attribute.min')}>
            {(control) => <Input {...control} inputMode="decimal" autoComplete="off" />}
          </FormField>
          <FormField form={form} name="max" label={t('attribute.max')}>
            {(control) => <Input {...control} inputMode="decimal" autoComplete="off" />}
          </FormField>
        </div>
      )}
      {kind === 'choice' && (
        <FormField
          form={form}
          name="options"
          label={t('attribute.options')}
          hint={t('attribute.options_hint')}
          isRequired
        >
          {(control) => <Textarea {...control} rows={6} className="font-mono" />}
        </FormField>
      )}
      <FormField form={form} name="required" label={t('attribute.rules')} isLabelHidden isGroup>
        {({ value, onChange }) => (
          <Checkbox label={t('attribute.required')} isChecked={value} onChange={onChange} />
        )}
      </FormField>
      <FormField form={form} name="filterable" label={t('attribute.rules')} isLabelHidden isGroup>
        {({ value, onChange }) => (
          <Checkbox label={t('attribute.filterable')} isChecked={value} onChange={onChange} />
        )}
      </FormField>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{t('save')}</SubmitButton>
      </div>
    </Form>
  );
}
