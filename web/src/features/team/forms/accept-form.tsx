import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { Input, PasswordInput } from '@/shared/ui/input';

import type { InvitePreview } from '../api/queries';
import { useAcceptInvite } from '../api/accepting';

const PASSWORD_LENGTH_MIN = 10;
const PASSWORD_LENGTH_MAX = 200;
const NAME_LENGTH_MAX = 100;

const known = z.object({
  display_name: z.string(),
  password: z.string().check(z.minLength(1)),
});
const fresh = z.object({
  display_name: z.string().check(z.trim(), z.minLength(1), z.maxLength(NAME_LENGTH_MAX)),
  password: z.string().check(z.minLength(PASSWORD_LENGTH_MIN), z.maxLength(PASSWORD_LENGTH_MAX)),
});

interface AcceptFormProps {
  token: string;
  invite: InvitePreview;
}

/** Accepts without being signed in: with the account's password, or with a name and a new one. */
export function AcceptForm({ token, invite }: AcceptFormProps): ReactNode {
  const { t } = useTranslation('team');
  const accept = useAcceptInvite(token);
  const form = useZodForm(invite.has_account ? known : fresh, { display_name: '', password: '' });
  return (
    <Form
      form={form}
      onSubmit={({ display_name, password }) =>
        accept(invite.has_account ? { password } : { display_name, password })
      }
    >
      <p className="text-body text-muted">
        {invite.has_account ? t('accept.known_text') : t('accept.new_text')}
      </p>
      {!invite.has_account && (
        <FormField form={form} name="display_name" label={t('accept.name')} isRequired>
          {(control) => <Input {...control} autoComplete="name" />}
        </FormField>
      )}
      <input type="hidden" name="email" value={invite.email} autoComplete="username" />
      <FormField
        form={form}
        name="password"
        label={t('accept.password')}
        {...(invite.has_account
          ? {}
          : { hint: t('accept.password_hint', { count: PASSWORD_LENGTH_MIN }) })}
        isRequired
      >
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete={invite.has_account ? 'current-password' : 'new-password'}
          />
        )}
      </FormField>
      <SubmitButton form={form} size="large">
        {t('accept.join')}
      </SubmitButton>
    </Form>
  );
}
