import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useMediaQuery } from '@/shared/hooks/browser';
import { formatMoney } from '@/shared/money/money';
import { ActionBar } from '@/shared/ui/action-bar';
import { Awaiting } from '@/shared/ui/awaiting';
import { StatusBadge } from '@/shared/ui/badge';
import { Banner } from '@/shared/ui/banner';
import { Link } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { PageSkeleton } from '@/shared/ui/states';
import { Tabs } from '@/shared/ui/tabs';
import { TalkTab } from '@/shared/ui/talk-tab';
import { Countdown, DateTime } from '@/shared/ui/values';

import { STALE_AFTER_COMPLAINT } from '../api/mutations';
import { complaintQuery } from '../api/queries';
import type { ComplaintTab, ComplaintView } from '../api/types';
import { AnswerDialog, ReplyDialog, ResolveDialog } from '../components/action-dialogs';
import { ComplaintContext } from '../components/complaint-context';
import { ComplaintFacts } from '../components/complaint-facts';
import { ComplaintHistory } from '../components/complaint-history';
import { EvidenceList } from '../components/evidence-list';

interface ComplaintPageProps {
  complaintId: string;
  tab: ComplaintTab | undefined;
  onTab: (tab: ComplaintTab) => void;
  /** The conversation about the complaint, which another feature draws. */
  renderChat: (threadId: string) => ReactNode;
}

/** A complaint: where it stands, until when, what was said and shown, and the talk about it. */
export function ComplaintPage({ complaintId, ...rest }: ComplaintPageProps): ReactNode {
  const query = useQuery(complaintQuery(complaintId));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  return (
    <ComplaintContext value={data}>
      <Loaded complaint={data} {...rest} />
    </ComplaintContext>
  );
}

const CUSTOM = { answer: AnswerDialog, reply: ReplyDialog, resolve: ResolveDialog };

function Loaded({
  complaint,
  tab,
  onTab,
  renderChat,
}: Omit<ComplaintPageProps, 'complaintId'> & { complaint: ComplaintView }): ReactNode {
  const { t } = useTranslation('complaints');
  const isWide = useMediaQuery('(min-width: 80rem)');
  const other = complaint.side === 'buyer' ? complaint.seller : complaint.buyer;
  const primary =
    complaint.side === 'seller'
      ? complaint.state === 'escalated'
        ? 'resolve'
        : 'answer'
      : complaint.proposed_outcome === null
        ? 'reply'
        : 'accept';
  const thread = complaint.thread;
  return (
    <PageBody>
      <PageHeader
        title={complaint.number}
        eyebrow={<Link to="/app/complaints">{t('title')}</Link>}
        badge={<StatusBadge noun="complaint" status={complaint.state} withNext />}
        text={`${t(`by.${complaint.side === 'buyer' ? 'seller' : 'buyer'}`)}: ${other.name}`}
        actions={
          <ActionBar
            actions={complaint.actions}
            resourcePath={`/complaints/${complaint.id}`}
            version={complaint.version}
            subject={complaint.number}
            primary={primary}
            custom={CUSTOM}
            staleKeys={STALE_AFTER_COMPLAINT}
          />
        }
      />
      <Notices complaint={complaint} />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_23rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {!isWide && <ComplaintFacts complaint={complaint} />}
          <Tabs
            label={complaint.number}
            value={isWide && tab === 'chat' ? 'history' : (tab ?? 'history')}
            onChange={(value) => onTab(value as ComplaintTab)}
            tabs={[
              {
                value: 'history',
                label: t('tabs.history'),
                content: <ComplaintHistory complaint={complaint} />,
              },
              {
                value: 'evidence',
                label: t('tabs.evidence'),
                count: complaint.evidence.length > 0 ? complaint.evidence.length : undefined,
                content: <EvidenceList complaint={complaint} />,
              },
              ...(isWide || thread === null
                ? []
                : [
                    {
                      value: 'chat',
                      label: t('tabs.chat'),
                      count: thread.unread === 0 ? undefined : thread.unread,
                      content: <TalkTab>{renderChat(thread.id)}</TalkTab>,
                    },
                  ]),
            ]}
          />
        </div>
        {isWide && (
          <div className="flex flex-col gap-4">
            <ComplaintFacts complaint={complaint} />
            {thread !== null && <div className="h-112">{renderChat(thread.id)}</div>}
          </div>
        )}
      </div>
    </PageBody>
  );
}

/** Who is waited for, until when, and what is proposed. */
function Notices({ complaint }: { complaint: ComplaintView }): ReactNode {
  const { t } = useTranslation('complaints');
  const {
    seller,
    buyer,
    side,
    due_at: due,
    lapses_at: lapses,
    proposed_outcome: outcome,
  } = complaint;
  const amount = complaint.proposed_amount;
  return (
    <>
      {outcome !== null && (
        <Banner tone="open">
          {t('notices.proposal', {
            name: seller.name,
            outcome: [
              t(`outcome.${outcome}`),
              ...(amount === null ? [] : [formatMoney(amount)]),
            ].join(' · '),
          })}
        </Banner>
      )}
      {lapses !== null && (
        <Banner tone="waiting">
          {side === 'buyer'
            ? t('notices.answered', { name: seller.name })
            : t('notices.waiting', { name: buyer.name })}{' '}
          <DateTime value={lapses} />
        </Banner>
      )}
      {due !== null && (
        <Banner tone={complaint.overdue ? 'stopped' : 'draft'}>
          {side === 'seller'
            ? t('notices.due_seller')
            : t('notices.due_buyer', { name: seller.name })}{' '}
          <DateTime value={due} /> · <Countdown deadline={due} />
        </Banner>
      )}
    </>
  );
}
