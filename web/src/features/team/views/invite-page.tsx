import { useQuery } from '@tanstack/react-query';
import { MailX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { toProblem } from '@/shared/api/problem';
import { useSession, useSignOut } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { ButtonLink } from '@/shared/ui/link';
import { Card, DocumentDescription, DocumentTitle } from '@/shared/ui/page';
import { EmptyState, SkeletonText } from '@/shared/ui/states';
import { showProblem } from '@/shared/ui/toast';
import { Avatar, DateTime } from '@/shared/ui/values';

import { useAcceptInvite } from '../api/accepting';
import { type InvitePreview, invitePreviewQuery } from '../api/queries';
import { AcceptForm } from '../forms/accept-form';

/** A link that was cut short in somebody's mail is not even a token. */
const NO_SUCH_INVITE = [404, 422];

/** Where the link of an invitation leads. */
export function InvitePage({ token }: { token: string }): ReactNode {
  const { t } = useTranslation('team');
  const query = useQuery(invitePreviewQuery(token));
  const { data } = query;
  return (
    <div className="mx-auto w-full max-w-lg px-4 py-10 sm:py-14">
      <DocumentTitle title={t('accept.title')} />
      <DocumentDescription text={t('accept.new_text')} />
      <Card>
        {data !== undefined ? (
          <Invitation token={token} invite={data} />
        ) : query.isError && NO_SUCH_INVITE.includes(toProblem(query.error).status) ? (
          <Unusable reason="unknown" />
        ) : (
          <>
            <h1 className="sr-only">{t('accept.title')}</h1>
            <Awaiting query={query} skeleton={<SkeletonText lines={6} />} />
          </>
        )}
      </Card>
    </div>
  );
}

function Invitation({ token, invite }: { token: string; invite: InvitePreview }): ReactNode {
  const { t } = useTranslation(['team', 'common']);
  const session = useSession();
  if (invite.state !== 'pending') return <Unusable reason={invite.state} />;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col items-center gap-3 text-center">
        <Avatar name={invite.organisation_name} isOrganisation size="large" />
        <h1 className="text-heading font-semibold text-balance">
          {t('accept.heading', { organisation: invite.organisation_name })}
        </h1>
        <p className="text-body text-muted">
          {t('accept.invited', {
            name: invite.invited_by_name,
            role: t(`common:roles.${invite.role}`),
          })}
        </p>
        <p className="text-small text-muted">
          {invite.email} · {t('accept.until')} <DateTime value={invite.expires_at} />
        </p>
      </div>
      {session == null ? (
        <AcceptForm token={token} invite={invite} />
      ) : isSameAddress(session.user.email, invite.email) ? (
        <JoinButton token={token} />
      ) : (
        <OtherAddress email={session.user.email} />
      )}
    </div>
  );
}

function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function JoinButton({ token }: { token: string }): ReactNode {
  const { t } = useTranslation('team');
  const accept = useAcceptInvite(token);
  const [isPending, setIsPending] = useState(false);
  const join = async (): Promise<void> => {
    setIsPending(true);
    try {
      await accept({});
    } catch (error) {
      showProblem(error);
      setIsPending(false);
    }
  };
  return (
    <Button variant="primary" size="large" isPending={isPending} onClick={() => void join()}>
      {t('accept.join')}
    </Button>
  );
}

function OtherAddress({ email }: { email: string }): ReactNode {
  const { t } = useTranslation(['team', 'app']);
  const signOut = useSignOut();
  return (
    <Banner
      tone="waiting"
      action={
        <Button size="small" onClick={() => void signOut()}>
          {t('app:sign_out')}
        </Button>
      }
    >
      {t('accept.other_address', { email })}
    </Banner>
  );
}

function Unusable({
  reason,
}: {
  reason: 'accepted' | 'revoked' | 'expired' | 'unknown';
}): ReactNode {
  const { t } = useTranslation(['team', 'app']);
  const session = useSession();
  return (
    <>
      <h1 className="sr-only">{t('accept.title')}</h1>
      <EmptyState
        icon={MailX}
        title={t(`accept.unusable.${reason}`)}
        text={t(`accept.unusable.${reason}_text`)}
        action={
          session == null ? (
            <ButtonLink to="/sign-in" variant="primary">
              {t('app:sign_in')}
            </ButtonLink>
          ) : (
            <ButtonLink to="/app" variant="primary">
              {t('app:workspace')}
            </ButtonLink>
          )
        }
      />
    </>
  );
}
