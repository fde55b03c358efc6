import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { api } from '@/shared/api/client';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { Input, PasswordInput } from '@/shared/ui/input';

import { useEnter } from '../api/entering';
import { signInSchema } from './schema';

interface SignInFormProps {
  next: string | undefined;
  email?: string | undefined;
  /** Connects the account of a provider that somebody has just come back from. */
  linkToken?: string | undefined;
}

/** Signs in with e-mail and password. */
export function SignInForm({ next, email = '', linkToken }: SignInFormProps): ReactNode {
  const { t } = useTranslation(['auth', 'app']);
  const enter = useEnter(next);
  const form = useZodForm(signInSchema, { email, password: '' });
  return (
    <Form
      form={form}
      onSubmit={async (body) => {
        const link = linkToken === undefined ? {} : { link_token: linkToken };
        await api.POST('/api/v1/auth/login', { body: { ...body, ...link } });
        await enter();
      }}
    >
      <FormField form={form} name="email" label={t('email')} isRequired>
        {(control) => <Input {...control} type="email" autoComplete="username" inputMode="email" />}
      </FormField>
      <FormField form={form} name="password" label={t('password')} isRequired>
        {(control) => <PasswordInput {...control} autoComplete="current-password" />}
      </FormField>
      <SubmitButton form={form} size="large">
        {t('app:sign_in')}
      </SubmitButton>
      <Link
        to="/sign-in"
        search={(search) => ({ ...search, tab: 'reset' })}
        className="self-center rounded-base text-small text-accent underline underline-offset-3"
      >
        {t('forgot')}
      </Link>
    </Form>
  );
}
