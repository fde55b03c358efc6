import i18next from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { PasswordInput } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useChangePassword } from '../api/queries';

const PASSWORD_LENGTH_MIN = 10;
const PASSWORD_LENGTH_MAX = 200;
const BLANK = { current_password: '', new_password: '', repeated: '' };

const schema = z
  .object({
    current_password: z.string().check(z.maxLength(PASSWORD_LENGTH_MAX)),
    new_password: z
      .string()
      .check(z.minLength(PASSWORD_LENGTH_MIN), z.maxLength(PASSWORD_LENGTH_MAX)),
    repeated: z.string(),
  })
  .check(
    z.refine(({ new_password, repeated }) => new_password === repeated, {
      path: ['repeated'],
      error: () => i18next.t('passwords_differ', { ns: 'validation' }),
    }),
  );

/** Changes the password; whoever came through a provider chooses their first one. */
export function PasswordForm(): ReactNode {
  const { t } = useTranslation('settings');
  const change = useChangePassword();
  const form = useZodForm(schema, BLANK);
  return (
    <Form
      form={form}
      className="max-w-md"
      onSubmit={async ({ current_password, new_password }) => {
        await change({
          new_password,
          ...(current_password === '' ? {} : { current_password }),
        });
        form.reset(BLANK);
        showDone(t('password.done'));
      }}
    >
      <FormField
        form={form}
        name="current_password"
        label={t('password.current')}
        hint={t('password.current_hint')}
      >
        {(control) => <PasswordInput {...control} autoComplete="current-password" />}
      </FormField>
      <FormField
        form={form}
        name="new_password"
        label={t('password.new')}
        hint={t('password.new_hint', { count: PASSWORD_LENGTH_MIN })}
        isRequired
      >
        {(control) => <PasswordInput {...control} autoComplete="new-password" />}
      </FormField>
      <FormField form={form} name="repeated" label={t('password.repeat')} isRequired>
        {(control) => <PasswordInput {...control} autoComplete="new-password" />}
      </FormField>
      <SubmitButton form={form} className="self-start">
        {t('password.change')}
      </SubmitButton>
    </Form>
  );
}
