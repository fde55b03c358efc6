import type { ReactNode } from 'react';
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { FormField } from '@/shared/forms/form';
import { Input } from '@/shared/ui/input';

const NAME_MAX = 200;
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(NAME_MAX));

/** A name in every language of the platform. */
export const namesSchema = z.object({ en: name, ru: name, kk: name });
export const NO_NAMES = { en: '', ru: '', kk: '' };

const LANGUAGES = ['en', 'ru', 'kk'] as const;

/** The three fields of a name; the form has them under `names`. */
export function NamesFields<
  Input_ extends FieldValues & { names: typeof NO_NAMES },
  Output extends FieldValues,
>({ form }: { form: UseFormReturn<Input_, unknown, Output> }): ReactNode {
  const { t } = useTranslation('categories');
  return LANGUAGES.map((language) => (
    <FormField
      key={language}
      form={form}
      name={`names.${language}` as FieldPath<Input_>}
      label={t(`names.${language}`)}
      isRequired
    >
      {(control) => <Input {...control} lang={language} maxLength={NAME_MAX} autoComplete="off" />}
    </FormField>
  ));
}
