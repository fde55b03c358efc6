import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { api } from '@/shared/api/client';
import { problemMessage } from '@/shared/api/problem-text';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { Input } from '@/shared/ui/input';
import { ButtonLink } from '@/shared/ui/link';
import { Card, DocumentTitle } from '@/shared/ui/page';
import { PageSkeleton } from '@/shared/ui/states';

import { useEnter } from '../api/entering';
import { oauthRegistrationSchema } from '../forms/schema';
import { RoleChoice } from '../forms/role-choice';

interface OAuthLandingProps {
  /** Present when the person is new and must still say what they come for. */
  token: string | undefined;
  /** A problem code, when the provider or the person refused. */
  error: string | undefined;
  next: string | undefined;
}

/** Where a provider sends people back to: known ones go on, new ones choose their role. */
export function OAuthLanding({ token, error, next }: OAuthLandingProps): ReactNode {
  const { t } = useTranslation('auth');
  return (
    <div className="mx-auto flex w-full max-w-lg flex-col gap-6 px-4 py-10 sm:py-14">
      <DocumentTitle title={t('oauth.title')} />
      {error !== undefined ? (
        <Card className="flex flex-col items-center gap-3 text-center">
          <h1 className="text-title font-semibold">{t('oauth.refused')}</h1>
          <p className="text-body text-muted">{problemMessage(error, t('oauth.refused_text'))}</p>
          <ButtonLink to="/sign-in" search={{ next }} variant="primary">
            {t('oauth.again')}
          </ButtonLink>
        </Card>
      ) : token === undefined ? (
        <Entering next={next} />
      ) : (
        <CompleteRegistration token={token} next={next} />
      )}
    </div>
  );
}

function Entering({ next }: { next: string | undefined }): ReactNode {
  const { t } = useTranslation('auth');
  const enter = useEnter(next);
  const latest = useRef(enter);
  useEffect(() => {
    void latest.current();
  }, []);
  return (
    <>
      <h1 className="sr-only">{t('oauth.title')}</h1>
      <PageSkeleton />
    </>
  );
}

function CompleteRegistration({ token, next }: { token: string; next: string | undefined }): ReactNode {
  const { t } = useTranslation('auth');
  const enter = useEnter(next);
  const form = useZodForm(oauthRegistrationSchema, { organisation_name: '', role: 'buyer' });
  return (
    <>
      <div className="text-center">
        <h1 className="text-heading font-semibold">{t('oauth.almost')}</h1>
        <p className="mt-1 text-body text-muted">{t('oauth.almost_text')}</p>
      </div>
      <Card>
        <Form
          form={form}
          onSubmit={async (values) => {
            await api.POST('/api/v1/auth/oauth/complete-registration', { body: { token, ...values } });
            await enter();
          }}
        >
          <FormField form={form} name="role" label={t('role.label')} isRequired isGroup>
            {({ value, onChange }) => <RoleChoice value={value} onChange={onChange} />}
          </FormField>
          <FormField form={form} name="organisation_name" label={t('organisation_name')} isRequired>
            {(control) => <Input {...control} autoComplete="organization" />}
          </FormField>
          <SubmitButton form={form} size="large">
            {t('oauth.finish')}
          </SubmitButton>
        </Form>
      </Card>
    </>
  );
}
