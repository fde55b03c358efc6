import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { LinkIcon, Unlink } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { toProblem } from '@/shared/api/problem';
import { problemText } from '@/shared/api/problem-text';
import { useCan, useSession } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Textarea } from '@/shared/ui/input';
import { ButtonLink } from '@/shared/ui/link';
import { Card, DocumentDescription, DocumentTitle } from '@/shared/ui/page';
import { EmptyState, SkeletonText } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { Avatar, DateTime } from '@/shared/ui/values';

import { useJoin } from '../api/mutations';
import { invitationQuery } from '../api/queries';
import { placeOf } from '../components/partner-place';

/** An address that was cut short in somebody's mail is not even a token. */
const NO_SUCH = [404, 422];
const MESSAGE_MAX = 2000;

/** Where a supplier's invitation leads, on paper or on a screen. */
export function JoinPage({ token }: { token: string }): ReactNode {
  const { t } = useTranslation('links');
  const query = useQuery(invitationQuery(token));
  const { data } = query;
  return (
    <div className="mx-auto w-full max-w-lg px-4 py-10 sm:py-14">
      <DocumentTitle title={t('join.title')} />
      <DocumentDescription text={t('join.text')} />
      <Card>
        {data === undefined ? (
          query.isError && NO_SUCH.includes(toProblem(query.error).status) ? (
            <Unusable state="unknown" />
          ) : (
            <>
              <h1 className="sr-only">{t('join.title')}</h1>
              <Awaiting query={query} skeleton={<SkeletonText lines={6} />} />
            </>
          )
        ) : data.state === 'open' ? (
          <div className="flex flex-col gap-5">
            <div className="flex flex-col items-center gap-3 text-center">
              <Avatar
                name={data.supplier.name}
                url={data.supplier.logo_url}
                isOrganisation
                size="large"
              />
              <h1 className="text-heading font-semibold text-balance">
                {t('join.heading', { name: data.supplier.name })}
              </h1>
              <p className="text-small text-muted">{placeOf(data.supplier)}</p>
              <p className="text-body text-muted">
                {t(data.accepts_at_once ? 'join.at_once' : 'join.asks')}
              </p>
              <p className="text-small text-muted">
                {t('join.until')} <DateTime value={data.expires_at} />
              </p>
            </div>
            <Way
              token={token}
              supplierId={data.supplier.organisation_id}
              isAtOnce={data.accepts_at_once}
            />
          </div>
        ) : (
          <Unusable state={data.state} />
        )}
      </Card>
    </div>
  );
}

interface WayProps {
  token: string;
  supplierId: string;
  isAtOnce: boolean;
}

function Way({ token, supplierId, isAtOnce }: WayProps): ReactNode {
  const { t } = useTranslation(['links', 'app']);
  const session = useSession();
  const can = useCan();
  if (session == null) {
    const next = `/join/${token}`;
    return (
      <div className="flex flex-col gap-2">
        <ButtonLink
          to="/sign-in"
          search={{ tab: 'register', role: 'buyer', next }}
          variant="primary"
          size="large"
        >
          {t('app:register')}
        </ButtonLink>
        <ButtonLink to="/sign-in" search={{ next }} size="large">
          {t('app:sign_in')}
        </ButtonLink>
      </div>
    );
  }
  if (session.organisation.id === supplierId) return <Banner>{t('join.own')}</Banner>;
  if (!can('links:request')) return <Banner tone="waiting">{t('join.role')}</Banner>;
  return <JoinForm token={token} isAtOnce={isAtOnce} organisation={session.organisation.name} />;
}

function JoinForm({
  token,
  isAtOnce,
  organisation,
}: {
  token: string;
  isAtOnce: boolean;
  organisation: string;
}): ReactNode {
  const { t } = useTranslation('links');
  const join = useJoin(token);
  const navigate = useNavigate();
  const [message, setMessage] = useState('');
  const submit = (): void =>
    join.mutate(message.trim(), {
      onSuccess: (link) => {
        showDone(t(link.state === 'accepted' ? 'join.linked' : 'join.asked'));
        void navigate({ to: '/app/links/$linkId', params: { linkId: link.id } });
      },
    });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {join.isError && <Refused error={join.error} />}
      {!isAtOnce && (
        <Field label={t('request.message')} hint={t('request.message_hint')}>
          <Textarea
            value={message}
            maxLength={MESSAGE_MAX}
            onChange={(event) => setMessage(event.target.value)}
          />
        </Field>
      )}
      <Button
        type="submit"
        variant="primary"
        size="large"
        icon={LinkIcon}
        isPending={join.isPending}
      >
        {t(isAtOnce ? 'join.link' : 'join.ask')}
      </Button>
      <p className="text-center text-small text-muted">{t('join.as', { name: organisation })}</p>
    </form>
  );
}

/** Why it did not work; who is linked already goes to their suppliers instead. */
function Refused({ error }: { error: Error }): ReactNode {
  const { t } = useTranslation('links');
  return (
    <Banner
      tone="stopped"
      action={
        toProblem(error).code === 'links.already_linked' && (
          <ButtonLink to="/app/suppliers" search={{ tab: 'mine' }} size="small">
            {t('suppliers.title')}
          </ButtonLink>
        )
      }
    >
      {problemText(error).message}
    </Banner>
  );
}

function Unusable({ state }: { state: 'expired' | 'used_up' | 'revoked' | 'unknown' }): ReactNode {
  const { t } = useTranslation(['links', 'app']);
  const session = useSession();
  return (
    <>
      <h1 className="sr-only">{t('join.title')}</h1>
      <EmptyState
        icon={Unlink}
        title={t(`join.unusable.${state}`)}
        text={t('join.unusable.text')}
        action={
          <ButtonLink to={session == null ? '/' : '/app/suppliers'} variant="primary">
            {t(session == null ? 'app:not_found.home' : 'suppliers.title')}
          </ButtonLink>
        }
      />
    </>
  );
}
