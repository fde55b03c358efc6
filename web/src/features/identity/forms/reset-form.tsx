import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, unwrap } from '@/shared/api/client';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Input, PasswordInput } from '@/shared/ui/input';
import { Stepper } from '@/shared/ui/progress';

import {
  PASSWORD_LENGTH_MIN,
  resetCodeSchema,
  resetPasswordSchema,
  resetRequestSchema,
} from './schema';

type Step =
  { name: 'email' } | { name: 'code'; email: string } | { name: 'password'; resetToken: string };

/** Sets a new password by a code from an e-mail, in three steps. */
export function ResetForm({ onDone }: { onDone: () => void }): ReactNode {
  const { t } = useTranslation('auth');
  const [step, setStep] = useState<Step>({ name: 'email' });
  return (
    <div className="flex flex-col gap-4">
      <Stepper
        label={t('reset.title')}
        current={step.name}
        steps={[
          { id: 'email', label: t('reset.step_email') },
          { id: 'code', label: t('reset.step_code') },
          { id: 'password', label: t('reset.step_password') },
        ]}
      />
      {step.name === 'email' && <EmailStep onSent={(email) => setStep({ name: 'code', email })} />}
      {step.name === 'code' && (
        <CodeStep
          email={step.email}
          onBack={() => setStep({ name: 'email' })}
          onVerified={(resetToken) => setStep({ name: 'password', resetToken })}
        />
      )}
      {step.name === 'password' && <PasswordStep resetToken={step.resetToken} onDone={onDone} />}
    </div>
  );
}

function EmailStep({ onSent }: { onSent: (email: string) => void }): ReactNode {
  const { t } = useTranslation('auth');
  const form = useZodForm(resetRequestSchema, { email: '' });
  return (
    <Form
      form={form}
      onSubmit={async (body) => {
        await api.POST('/api/v1/auth/request-password-reset', { body });
        onSent(body.email);
      }}
    >
      <FormField
        form={form}
        name="email"
        label={t('email')}
        hint={t('reset.email_hint')}
        isRequired
      >
        {(control) => <Input {...control} type="email" autoComplete="username" inputMode="email" />}
      </FormField>
      <SubmitButton form={form} size="large">
        {t('reset.send_code')}
      </SubmitButton>
    </Form>
  );
}

interface CodeStepProps {
  email: string;
  onBack: () => void;
  onVerified: (resetToken: string) => void;
}

function CodeStep({ email, onBack, onVerified }: CodeStepProps): ReactNode {
  const { t } = useTranslation('auth');
  const form = useZodForm(resetCodeSchema, { code: '' });
  return (
    <Form
      form={form}
      onSubmit={async ({ code }) => {
        const answer = await unwrap(
          api.POST('/api/v1/auth/verify-reset-code', { body: { email, code } }),
        );
        onVerified(answer.reset_token);
      }}
    >
      <Banner tone="open">{t('reset.code_sent', { email })}</Banner>
      <FormField form={form} name="code" label={t('reset.code')} isRequired>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="one-time-code"
            className="tabular tracking-widest"
          />
        )}
      </FormField>
      <SubmitButton form={form} size="large">
        {t('reset.check_code')}
      </SubmitButton>
      <Button variant="quiet" onClick={onBack}>
        {t('reset.other_email')}
      </Button>
    </Form>
  );
}

function PasswordStep({
  resetToken,
  onDone,
}: {
  resetToken: string;
  onDone: () => void;
}): ReactNode {
  const { t } = useTranslation('auth');
  const form = useZodForm(resetPasswordSchema, { password: '' });
  return (
    <Form
      form={form}
      onSubmit={async ({ password }) => {
        await api.POST('/api/v1/auth/reset-password', {
          body: { reset_token: resetToken, password },
        });
        onDone();
      }}
    >
      <FormField
        form={form}
        name="password"
        label={t('reset.new_password')}
        hint={t('password_hint', { count: PASSWORD_LENGTH_MIN })}
        isRequired
      >
        {(control) => <PasswordInput {...control} autoComplete="new-password" />}
      </FormField>
      <SubmitButton form={form} size="large">
        {t('reset.set_password')}
      </SubmitButton>
    </Form>
  );
}
