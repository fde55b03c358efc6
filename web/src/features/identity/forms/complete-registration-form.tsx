import type { ReactNode } from 'react';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import { api } from '@/shared/api/client';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { currentLanguage } from '@/shared/i18n/i18n';
import { Input } from '@/shared/ui/input';

import { useEnter } from '../api/entering';
import { RoleChoice } from './role-choice';
import { needsOrganisation, oauthRegistrationSchema } from './schema';

interface CompleteRegistrationFormProps {
  token: string;
  /** What the provider told; people fill in what it kept to itself. */
  email: string | undefined;
  name: string | undefined;
  next: string | undefined;
}

/** Asks a newcomer from a provider what they come for and whom they act for. */
export function CompleteRegistrationForm({
  token,
  email,
  name,
  next,
}: CompleteRegistrationFormProps): ReactNode {
  const { t } = useTranslation('auth');
  const enter = useEnter(next);
  const form = useZodForm(oauthRegistrationSchema, {
    display_name: name ?? '',
    email: email ?? '',
    organisation_name: '',
    role: 'buyer',
  });
  const role = useWatch({ control: form.control, name: 'role' });
  return (
    <Form
      form={form}
      onSubmit={async ({ organisation_name, email: given, ...values }) => {
        const named = needsOrganisation(values.role) ? { organisation_name } : {};
        const addressed = email === undefined ? { email: given } : {};
        await api.POST('/api/v1/auth/oauth/complete-registration', {
          body: { token, ...values, ...named, ...addressed, locale: currentLanguage() },
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
        {(control) => <Input {...control} type="email" readOnly={email !== undefined} />}
      </FormField>
      <SubmitButton form={form} size="large">
        {t('oauth.finish')}
      </SubmitButton>
    </Form>
  );
}
