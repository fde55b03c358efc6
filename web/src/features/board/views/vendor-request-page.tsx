import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { tradeRequestQuery } from '@/shared/trade/request-query';
import { Awaiting } from '@/shared/ui/awaiting';
import { StatusBadge } from '@/shared/ui/badge';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { ReasonDialog } from '@/shared/ui/confirm';
import { ButtonLink, Link } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { PageSkeleton } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { DateTime } from '@/shared/ui/values';

import { noteViewed, useDeclineInvitation } from '../api/mutations';
import type { RequestView } from '../api/types';
import { Questions } from '../components/questions';
import { DeadlineCard, RequestContents, Revisions } from '../components/request-parts';

const LIVE_QUOTES = new Set(['submitted', 'updated', 'standby', 'accepted']);

/** A request as a vendor sees it: what is wanted, questions, the invitation and the vendor's own quote. */
export function VendorRequestPage({ requestId }: { requestId: string }): ReactNode {
  const query = useQuery(tradeRequestQuery(requestId));
  const { data } = query;
  useNoteViewed(data);
  if (data === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  return <Loaded request={data} />;
}

/** An invited vendor who opens the request is seen to have done so; without the note nothing is lost. */
function useNoteViewed(request: RequestView | undefined): void {
  const requestId = request?.id;
  const isUnseen = request?.invitation != null && request.invitation.viewed_at === null;
  useEffect(() => {
    if (requestId !== undefined && isUnseen) void noteViewed(requestId).catch(() => undefined);
  }, [requestId, isUnseen]);
}

function Loaded({ request }: { request: RequestView }): ReactNode {
  const { t } = useTranslation('board');
  return (
    <PageBody>
      <PageHeader
        title={request.title}
        eyebrow={
          <span className="flex flex-wrap gap-x-2">
            <Link to="/app/board">{t('title')}</Link>
            <span>{request.number}</span>
          </span>
        }
        badge={<StatusBadge noun="request" status={request.state} withNext />}
        text={request.organisation.name}
      />
      {request.party === 'buyer' && <Banner>{t('own_text')}</Banner>}
      {request.quote?.needs_reconfirm === true && LIVE_QUOTES.has(request.quote.state) && (
        <Banner
          tone="waiting"
          action={
            <ButtonLink
              to="/app/quotes/$quoteId"
              params={{ quoteId: request.quote.id }}
              size="small"
            >
              {t('see_quote')}
            </ButtonLink>
          }
        >
          {t('needs_reconfirm')}
        </Banner>
      )}
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="lg:order-2 lg:sticky lg:top-20">
          <DeadlineCard request={request}>
            {request.party === 'vendor' && <OwnPart request={request} />}
          </DeadlineCard>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <RequestContents request={request} />
          <Revisions request={request} />
          <Questions
            requestId={request.id}
            isOpen={request.accepts_quotes && request.party === 'vendor'}
          />
        </div>
      </div>
    </PageBody>
  );
}

/** The reader's own quote, or the way to one; an invitation can be declined. */
function OwnPart({ request }: { request: RequestView }): ReactNode {
  const { t } = useTranslation('board');
  const can = useCan();
  const [isDeclining, setIsDeclining] = useState(false);
  const decline = useDeclineInvitation(request.id);
  const { quote, invitation } = request;
  const hasLiveQuote = quote !== null && LIVE_QUOTES.has(quote.state);
  const canQuote = request.accepts_quotes && can('quotes:submit') && !hasLiveQuote;
  return (
    <>
      {quote !== null && (
        <div className="flex flex-col gap-1.5 border-t border-line pt-4">
          <p className="text-small text-muted">{t('own_quote')}</p>
          <p className="flex flex-wrap items-center gap-2">
            <Link to="/app/quotes/$quoteId" params={{ quoteId: quote.id }}>
              {quote.number}
            </Link>
            <StatusBadge noun="quote" status={quote.state} />
          </p>
          <p className="text-small text-muted">
            {t('valid_until')} <DateTime value={quote.valid_until} />
          </p>
        </div>
      )}
      {canQuote && (
        <ButtonLink
          to="/app/board/$requestId/quote"
          params={{ requestId: request.id }}
          variant="primary"
        >
          {t('prepare')}
        </ButtonLink>
      )}
      {invitation !== null && !hasLiveQuote && (
        <div className="flex flex-col items-start gap-2 border-t border-line pt-4">
          <p className="text-small text-muted">
            {invitation.declined_at === null ? t('invited_at') : t('declined_at')}{' '}
            <DateTime value={invitation.declined_at ?? invitation.created_at} />
          </p>
          {invitation.declined_at === null && canQuote && (
            <Button size="small" onClick={() => setIsDeclining(true)}>
              {t('decline')}
            </Button>
          )}
        </div>
      )}
      <ReasonDialog
        isOpen={isDeclining}
        onClose={() => setIsDeclining(false)}
        title={t('decline_title')}
        text={t('decline_text')}
        submitLabel={t('decline')}
        isRequired={false}
        onSubmit={async (reason) => {
          await decline.mutateAsync(reason ?? '');
          showDone(t('declined'));
        }}
      />
    </>
  );
}
