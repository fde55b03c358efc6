import type { ReactNode } from 'react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemMessage } from '@/shared/api/problem-text';
import { ButtonLink } from '@/shared/ui/link';
import { Card, DocumentDescription, DocumentTitle } from '@/shared/ui/page';
import { PageSkeleton, SkeletonText } from '@/shared/ui/states';

import { useEnter } from '../api/entering';
import { type OAuthOutcome, parseOAuthFragment } from '../model/oauth-landing';

// Most people who land here go straight on and need neither form.
const CompleteRegistrationForm = lazy(async () => ({
  default: (await import('../forms/complete-registration-form')).CompleteRegistrationForm,
}));
const SignInForm = lazy(async () => ({
  default: (await import('../forms/sign-in-form')).SignInForm,
}));

/** Where a provider sends people back to: known ones go on, new ones choose their role. */
export function OAuthLanding(): ReactNode {
  const { t } = useTranslation('auth');
  // Read once: the fragment is then taken out of the address, so that its token is not shared with a link.
  const [outcome] = useState(() => parseOAuthFragment(location.hash));
  useEffect(() => history.replaceState(history.state, '', location.pathname), []);
  return (
    <div className="mx-auto flex w-full max-w-lg flex-col gap-6 px-4 py-10 sm:py-14">
      <DocumentTitle title={t('oauth.title')} />
      <DocumentDescription text={t('oauth.almost_text')} />
      {outcome.status === 'signed_in' && <Entering next={outcome.next} />}
      {outcome.status === 'registration_required' && <Unknown {...outcome} />}
      {outcome.status === 'link_required' && (
        <Step title={t('oauth.link')} text={t('oauth.link_text')}>
          <SignInForm next={undefined} email={outcome.email} linkToken={outcome.linkToken} />
        </Step>
      )}
      {outcome.status === 'error' && (
        <Card className="flex flex-col items-center gap-3 text-center">
          <h1 className="text-title font-semibold">{t('oauth.refused')}</h1>
          <p className="text-body text-muted">
            {problemMessage(outcome.code, t('oauth.refused_text'))}
          </p>
          <ButtonLink to="/sign-in" variant="primary">
            {t('oauth.again')}
          </ButtonLink>
        </Card>
      )}
    </div>
  );
}

/** Somebody whom the provider's account does not tell us: new here, or here with another account that is connected. */
function Unknown(outcome: Extract<OAuthOutcome, { status: 'registration_required' }>): ReactNode {
  const { t } = useTranslation('auth');
  const [isKnown, setIsKnown] = useState(false);
  return (
    <>
      {isKnown ? (
        <Step title={t('oauth.connect')} text={t('oauth.link_text')}>
          <SignInForm next={outcome.next} email={outcome.email} linkToken={outcome.token} />
        </Step>
      ) : (
        <Step title={t('oauth.almost')} text={t('oauth.almost_text')}>
          <CompleteRegistrationForm {...outcome} />
        </Step>
      )}
      <button
        type="button"
        className="self-center rounded-base text-small text-accent underline underline-offset-3"
        onClick={() => setIsKnown(!isKnown)}
      >
        {t(isKnown ? 'oauth.new_here' : 'oauth.known')}
      </button>
    </>
  );
}

function Step({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children: ReactNode;
}): ReactNode {
  return (
    <>
      <div className="text-center">
        <h1 className="text-heading font-semibold">{title}</h1>
        <p className="mt-1 text-body text-muted">{text}</p>
      </div>
      <Card>
        <Suspense fallback={<SkeletonText lines={8} />}>{children}</Suspense>
      </Card>
    </>
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
