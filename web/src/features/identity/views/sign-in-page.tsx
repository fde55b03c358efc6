import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

import { Card, DocumentDescription, DocumentTitle } from '@/shared/ui/page';
import { Tabs } from '@/shared/ui/tabs';
import { SkeletonText } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';

import { SignInForm } from '../forms/sign-in-form';
import type { OfferedRole, SignInTab } from '../model/tabs';

// What the server has to be asked for first comes when the form is there.
const DemoAccounts = lazy(async () => ({
  default: (await import('../components/demo-accounts')).DemoAccounts,
}));
const OAuthButtons = lazy(async () => ({
  default: (await import('../components/oauth-buttons')).OAuthButtons,
}));
const RegisterForm = lazy(async () => ({
  default: (await import('../forms/register-form')).RegisterForm,
}));
const ResetForm = lazy(async () => ({ default: (await import('../forms/reset-form')).ResetForm }));

const TITLES = { 'sign-in': 'sign_in', register: 'create_account', reset: 'reset.title' } as const;
const DESCRIPTIONS = {
  'sign-in': 'text',
  register: 'register_text',
  reset: 'reset.email_hint',
} as const;

interface SignInPageProps {
  tab: SignInTab;
  next: string | undefined;
  /** What the registration begins with. */
  role: OfferedRole | undefined;
}

/** Where people sign in, register, or get a new password. */
export function SignInPage({ tab, next, role }: SignInPageProps): ReactNode {
  const { t } = useTranslation('auth');
  const navigate = useNavigate();
  const open = (value: string): void => {
    void navigate({
      to: '/sign-in',
      search: (search) => ({ ...search, tab: value as SignInTab }),
      replace: true,
    });
  };
  return (
    <div className="mx-auto flex w-full max-w-lg flex-col gap-6 px-4 py-10 sm:py-14">
      <DocumentTitle title={t(TITLES[tab])} />
      <DocumentDescription text={t(DESCRIPTIONS[tab])} />
      <div className="text-center">
        <h1 className="text-heading font-semibold">{t('title')}</h1>
        <p className="mt-1 text-body text-muted">{t('text')}</p>
      </div>
      <Card>
        {tab === 'reset' ? (
          <div className="flex flex-col gap-4">
            <h2 className="text-title font-semibold">{t('reset.title')}</h2>
            <Suspense fallback={<SkeletonText lines={6} />}>
              <ResetForm
                onDone={() => {
                  showDone(t('reset.done'));
                  open('sign-in');
                }}
              />
            </Suspense>
            <button
              type="button"
              className="self-center rounded-base text-small text-accent underline underline-offset-3"
              onClick={() => open('sign-in')}
            >
              {t('reset.back')}
            </button>
          </div>
        ) : (
          <div className="flex flex-col gap-5">
            <Tabs
              label={t('title')}
              value={tab}
              onChange={open}
              tabs={[
                { value: 'sign-in', label: t('sign_in'), content: <SignInForm next={next} /> },
                {
                  value: 'register',
                  label: t('register'),
                  content: (
                    <Suspense fallback={<SkeletonText lines={12} />}>
                      <RegisterForm next={next} offered={role ?? 'buyer'} />
                    </Suspense>
                  ),
                },
              ]}
            />
            <Suspense>
              <OAuthButtons next={next} />
            </Suspense>
          </div>
        )}
      </Card>
      {tab === 'sign-in' && (
        <Suspense>
          <DemoAccounts next={next} />
        </Suspense>
      )}
    </div>
  );
}
