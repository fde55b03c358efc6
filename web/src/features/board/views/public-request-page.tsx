import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useSession } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Badge } from '@/shared/ui/badge';
import { ButtonLink, Link } from '@/shared/ui/link';
import { Card, DocumentDescription, PageBody, PageHeader, Section } from '@/shared/ui/page';
import { PageSkeleton } from '@/shared/ui/states';

import { publicRequestQuery } from '../api/queries';
import type { PublicRequest } from '../api/types';
import { QuestionRows } from '../components/question-rows';
import { DeadlineCard, RequestContents, Revisions } from '../components/request-parts';

/** The page of a public request, for everybody. */
export function PublicRequestPage({ requestId }: { requestId: string }): ReactNode {
  const { t } = useTranslation('board');
  const query = useQuery(publicRequestQuery(requestId));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  return (
    <PageBody>
      <DocumentDescription
        text={`${data.number}, ${data.organisation.name}: ${data.title}. ${t('text')}`}
      />
      <PageHeader
        title={data.title}
        eyebrow={
          <span className="flex flex-wrap gap-x-2">
            <Link to="/requests">{t('title')}</Link>
            <span>{data.number}</span>
          </span>
        }
        badge={
          <Badge tone={data.accepts_quotes ? 'open' : 'draft'}>
            {data.accepts_quotes ? t('open') : t('closed')}
          </Badge>
        }
        text={data.organisation.name}
      />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="lg:order-2 lg:sticky lg:top-20">
          <DeadlineCard request={data}>
            {data.accepts_quotes && <QuoteInvitation request={data} />}
          </DeadlineCard>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <RequestContents request={data} />
          <Revisions request={data} />
          <Section title={t('questions.title')} text={t('questions.text')}>
            <Card isFlush>
              <QuestionRows questions={data.questions} />
            </Card>
          </Section>
        </div>
      </div>
    </PageBody>
  );
}

/** Leads to the quote: through the sign-in for those who are not signed in. */
function QuoteInvitation({ request }: { request: PublicRequest }): ReactNode {
  const { t } = useTranslation('board');
  const session = useSession();
  if (session === undefined) return null;
  if (session === null) {
    return (
      <>
        <ButtonLink
          to="/sign-in"
          search={{ next: `/app/board/${request.id}/quote` }}
          variant="primary"
        >
          {t('prepare')}
        </ButtonLink>
        <p className="text-small text-muted">{t('prepare_text')}</p>
      </>
    );
  }
  if (session.organisation.id === request.organisation.id) {
    return <p className="text-small text-muted">{t('own_text')}</p>;
  }
  return (
    <ButtonLink to="/app/board/$requestId" params={{ requestId: request.id }} variant="primary">
      {t('open_in_workspace')}
    </ButtonLink>
  );
}
