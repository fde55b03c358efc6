import type { ReactNode } from 'react';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import { api } from '@/shared/api/client';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { currentLanguage } from '@/shared/i18n/i18n';
import { Input, PasswordInput } from '@/shared/ui/input';

import { useEnter } from '../api/entering';
import type { OfferedRole } from '../model/tabs';
import { RoleChoice } from './role-choice';
import { needsOrganisation, PASSWORD_LENGTH_MIN, registerSchema } from './schema';

interface RegisterFormProps {
  next: string | undefined;
  /** The role that is chosen to begin with. */
  offered: OfferedRole;
}

/** Makes a person, their organisation and its profile in one step. */
export function RegisterForm({ next, offered }: RegisterFormProps): ReactNode {
  const { t } = useTranslation('auth');
  const enter = useEnter(next);
  const form = useZodForm(registerSchema, {
    display_name: '',
    organisation_name: '',
    email: '',
    password: '',
    role: offered,
  });
  const role = useWatch({ control: form.control, name: 'role' });
  return (
    <Form
      form={form}
      onSubmit={async ({ organisation_name, ...values }) => {
        const named = needsOrganisation(values.role) ? { organisation_name } : {};
        await api.POST('/api/v1/auth/register', {
          body: { ...values, ...named, locale: currentLanguage() },
        });
        await enter();
      }}
    >
      <FormField form={form} name="role" label={t('role.label')} isRequired isGroup>
        {({ value, onChange }) => <RoleChoice value={value} onChange={onChange} />}
      </FormField>
      <FormField form={form} name="display_name" label={t('display_name')} isRequired>
        {(control) => <Input {...control} autoComplete="name" />}
      </FormField>
      {needsOrganisation(role) && (
        <FormField form={form} name="organisation_name" label={t('organisation_name')} isRequired>
          {(control) => <Input {...control} autoComplete="organization" />}
        </FormField>
      )}
      <FormField form={form} name="email" label={t('email')} isRequired>
        {(control) => <Input {...control} type="email" autoComplete="username" inputMode="email" />}
      </FormField>
      <FormField
        form={form}
        name="password"
        label={t('password')}
        hint={t('password_hint', { count: PASSWORD_LENGTH_MIN })}
        isRequired
      >
        {(control) => <PasswordInput {...control} autoComplete="new-password" />}
      </FormField>
      <SubmitButton form={form} size="large">
        {t('create_account')}
      </SubmitButton>
    </Form>
  );
}
