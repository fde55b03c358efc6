import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCategories } from '@/shared/categories/categories';
import { useCan } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { StatusBadge } from '@/shared/ui/badge';
import { ButtonLink } from '@/shared/ui/link';
import { Card, DocumentTitle, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState, PageSkeleton } from '@/shared/ui/states';
import { Tabs } from '@/shared/ui/tabs';
import { Countdown, DateTime, Money } from '@/shared/ui/values';

import { requestQuery } from '../api/queries';
import type { RequestTab, RequestView } from '../api/types';
import { HistoryTab } from '../components/history-tab';
import { InvitationList } from '../components/invitation-list';
import { InviteVendors } from '../components/invite-vendors';
import { OverviewTab } from '../components/overview-tab';
import { QuestionsTab } from '../components/questions-tab';
import { QuotesTab } from '../components/quotes-tab';
import { RequestActions } from '../components/request-actions';
import { RequestMenu } from '../components/request-menu';

interface RequestPageProps {
  requestId: string;
  tab: RequestTab;
  onTab: (tab: RequestTab) => void;
  onCopied: (requestId: string) => void;
  onDeleted: () => void;
  onSaveTemplate: (request: RequestView) => void;
  /** The state of approvals, composed by the route. */
  approval: (request: RequestView) => ReactNode;
  /** What was imported about it, composed by the route. */
  imported: (request: RequestView) => ReactNode;
}

/** A request of one's own: what it says, how it stands, and what can be done now. */
export function RequestPage(props: RequestPageProps): ReactNode {
  const { requestId, approval, onSaveTemplate, onCopied, onDeleted } = props;
  const { t } = useTranslation('requests');
  const can = useCan();
  const categories = useCategories();
  const query = useQuery(requestQuery(requestId));
  const { data: request } = query;
  if (request === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  if (request.party !== 'buyer') return <NotYours request={request} />;
  return (
    <PageBody>
      <PageHeader
        eyebrow={[request.number, categories.label(request.category)]
          .filter((part) => part !== null)
          .join(' · ')}
        title={request.title}
        documentTitle={`${request.number ?? ''} ${request.title}`.trim()}
        badge={
          isOver(request) ? (
            <>
              <StatusBadge noun="request" status={request.state} />
              <span className="text-small text-muted">{t('card.deadline_over')}</span>
            </>
          ) : (
            <StatusBadge noun="request" status={request.state} withNext />
          )
        }
        actions={
          <>
            {can('requests:write') && (
              <RequestMenu
                request={request}
                onCopied={onCopied}
                onDeleted={onDeleted}
                onSaveTemplate={() => onSaveTemplate(request)}
              />
            )}
            <RequestActions request={request} />
          </>
        }
      />
      {approval(request)}
      <Facts request={request} />
      <RequestTabs {...props} request={request} />
    </PageBody>
  );
}

/** The state is still “published” after the deadline, but what happens next is another thing. */
function isOver(request: RequestView): boolean {
  return request.state === 'published' && !request.accepts_quotes;
}

function Facts({ request }: { request: RequestView }): ReactNode {
  const { t } = useTranslation('requests');
  const isOpen = request.state === 'published' && request.quotes_due_at !== null;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:flex sm:flex-wrap sm:gap-x-10">
      <Fact term={t('card.deadline')}>
        {request.quotes_due_at === null ? (
          t('card.no_deadline')
        ) : (
          <>
            {isOpen && (
              <span className="block text-reading font-semibold">
                <Countdown deadline={request.quotes_due_at} />
              </span>
            )}
            <span className={isOpen ? 'text-small text-muted' : ''}>
              <DateTime value={request.quotes_due_at} />
            </span>
          </>
        )}
      </Fact>
      <Fact term={t('card.quotes_count')}>
        <span className="text-reading font-semibold tabular">{request.quotes_count ?? 0}</span>
        {request.sealed && <span className="block text-small text-muted">{t('card.sealed')}</span>}
      </Fact>
      <Fact term={t('fields.budget')}>
        <Money value={request.budget} className="text-reading font-semibold" />
      </Fact>
      {request.needed_by !== null && (
        <Fact term={t('fields.needed_by')}>
          <DateTime value={request.needed_by} isDay />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt className="text-small text-muted">{term}</dt>
      <dd className="text-body">{children}</dd>
    </div>
  );
}

function RequestTabs({
  request,
  tab,
  onTab,
  imported,
}: RequestPageProps & { request: RequestView }): ReactNode {
  const { t } = useTranslation('requests');
  const can = useCan();
  const invites = can('requests:write') && (request.state === 'draft' || request.accepts_quotes);
  return (
    <Tabs
      label={t('card.tabs')}
      value={tab}
      onChange={(value) => onTab(value as RequestTab)}
      tabs={[
        {
          value: 'overview',
          label: t('card.overview'),
          content: <OverviewTab request={request} />,
        },
        {
          value: 'quotes',
          label: t('card.quotes'),
          count: request.quotes_count ?? 0,
          content: <QuotesTab request={request} />,
        },
        {
          value: 'questions',
          label: t('card.questions'),
          count: request.questions_count,
          content: <QuestionsTab requestId={request.id} />,
        },
        {
          value: 'invitations',
          label: t('card.invitations'),
          count: request.invitations?.length ?? 0,
          content: (
            <div className="flex flex-col gap-4">
              {invites && <InviteVendors request={request} />}
              <InvitationList request={request} />
            </div>
          ),
        },
        {
          value: 'history',
          label: t('card.history'),
          content: (
            <div className="flex flex-col gap-6">
              {imported(request)}
              <HistoryTab request={request} />
            </div>
          ),
        },
      ]}
    />
  );
}

function NotYours({ request }: { request: RequestView }): ReactNode {
  const { t } = useTranslation('requests');
  return (
    <Card>
      <DocumentTitle title={request.title} />
      <EmptyState
        title={request.title}
        text={t('not_yours', { name: request.organisation.name })}
        action={
          <ButtonLink
            to="/app/board/$requestId"
            params={{ requestId: request.id }}
            variant="primary"
          >
            {t('open_board')}
          </ButtonLink>
        }
      />
    </Card>
  );
}
