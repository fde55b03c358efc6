import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCategories } from '@/shared/categories/categories';
import { FormField } from '@/shared/forms/form';
import { Combobox } from '@/shared/ui/combobox';
import { Input, Textarea } from '@/shared/ui/input';

import type { RequestForm } from './request-form';

/** What is wanted: title, category, description. */
export function WhatSection({ form }: { form: RequestForm }): ReactNode {
  const { t } = useTranslation('requests');
  const categories = useCategories();
  return (
    <div className="flex flex-col gap-4">
      <FormField
        form={form}
        name="title"
        label={t('fields.title')}
        hint={t('fields.title_hint')}
        isRequired
      >
        {(control) => <Input {...control} maxLength={200} autoComplete="off" />}
      </FormField>
      <FormField form={form} name="category" label={t('fields.category')} isRequired>
        {({ value, onChange }) => (
          <Combobox
            value={value}
            valueLabel={categories.label(value)}
            options={categories.choices}
            onChange={(code) => onChange(code ?? value)}
          />
        )}
      </FormField>
      <FormField
        form={form}
        name="description"
        label={t('fields.description')}
        hint={t('fields.description_hint')}
      >
        {(control) => <Textarea {...control} rows={5} maxLength={10_000} />}
      </FormField>
    </div>
  );
}
