import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useMediaQuery } from '@/shared/hooks/browser';
import { ActionBar } from '@/shared/ui/action-bar';
import { Awaiting } from '@/shared/ui/awaiting';
import { StatusBadge } from '@/shared/ui/badge';
import { Banner } from '@/shared/ui/banner';
import { Link } from '@/shared/ui/link';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { Stepper, Timeline } from '@/shared/ui/progress';
import { PageSkeleton } from '@/shared/ui/states';
import { Tabs } from '@/shared/ui/tabs';
import { TalkTab } from '@/shared/ui/talk-tab';

import { dealQuery } from '../api/queries';
import type { DealTab, DealView } from '../api/types';
import { DealContext } from '../components/deal-context';
import { InvoiceDialog, PaidDialog } from '../components/money-dialogs';
import { ProposeDrawer } from '../components/propose-drawer';
import { ContractCard, InvoiceCard } from '../components/side-cards';
import { SignDialog } from '../components/sign-dialog';
import { TermsDetails } from '../components/terms-details';
import { TermsVersions } from '../components/versions';
import { dealHistory } from '../model/history';

interface DealPageProps {
  dealId: string;
  tab: DealTab | undefined;
  onTab: (tab: DealTab) => void;
  /** The conversation about the deal, which another feature draws. */
  renderChat: (threadId: string) => ReactNode;
}

/** A deal: where it stands, its terms and signatures, the invoice, and the talk about it. */
export function DealPage({ dealId, ...rest }: DealPageProps): ReactNode {
  const query = useQuery(dealQuery(dealId));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  return (
    <DealContext value={data}>
      <Loaded deal={data} {...rest} />
    </DealContext>
  );
}

const CUSTOM = {
  'propose-terms': ProposeDrawer,
  sign: SignDialog,
  'create-invoice': InvoiceDialog,
  'mark-paid': PaidDialog,
};
/** The action by which a side moves the deal on. A buyer may write the invoice too, but it is the vendor's to do. */
const NEXT: Record<string, Record<string, string>> = {
  buyer: { negotiation: 'sign', paid: 'archive' },
  vendor: {
    negotiation: 'sign',
    contract: 'create-invoice',
    invoiced: 'mark-paid',
    paid: 'archive',
  },
};
const STEPS = ['negotiation', 'contract', 'invoiced', 'paid', 'archived'] as const;

function Loaded({
  deal,
  tab,
  onTab,
  renderChat,
}: Omit<DealPageProps, 'dealId'> & { deal: DealView }): ReactNode {
  const { t } = useTranslation(['deals', 'status', 'trade']);
  const isWide = useMediaQuery('(min-width: 80rem)');
  const other = deal.side === 'buyer' ? deal.vendor : deal.buyer;
  const shown = isWide && tab === 'chat' ? 'terms' : (tab ?? 'terms');
  return (
    <PageBody>
      <PageHeader
        title={deal.number}
        eyebrow={<Origins deal={deal} />}
        badge={<StatusBadge noun="deal" status={deal.state} withNext />}
        text={`${deal.title} · ${t(deal.side === 'buyer' ? 'trade:vendor' : 'trade:buyer')}: ${other.name}`}
        actions={
          <ActionBar
            actions={deal.actions}
            resourcePath={`/deals/${deal.id}`}
            version={deal.version}
            subject={deal.number}
            primary={NEXT[deal.side]?.[deal.state] ?? ''}
            custom={CUSTOM}
            staleKeys={[['deals'], ['invoices'], ['quotes'], ['requests']]}
          />
        }
      />
      {deal.state !== 'cancelled' && (
        <Stepper
          label={t('course')}
          current={deal.state}
          steps={STEPS.map((state) => ({ id: state, label: t(`status:deal.${state}.label`) }))}
        />
      )}
      <Notices deal={deal} />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_23rem]">
        <Tabs
          label={deal.number}
          value={shown}
          onChange={(value) => onTab(value as DealTab)}
          tabs={[
            {
              value: 'terms',
              label: t('tabs.terms'),
              content: (
                <div className="flex flex-col gap-4">
                  <div className={deal.invoice === null ? '' : 'grid gap-4 md:grid-cols-2'}>
                    <ContractCard deal={deal} />
                    <InvoiceCard deal={deal} />
                  </div>
                  <TermsDetails terms={deal.terms} />
                </div>
              ),
            },
            {
              value: 'versions',
              label: t('tabs.versions'),
              count: deal.terms_versions.length,
              content: <TermsVersions deal={deal} />,
            },
            { value: 'history', label: t('tabs.history'), content: <History deal={deal} /> },
            ...(isWide
              ? []
              : [
                  {
                    value: 'chat',
                    label: t('tabs.chat'),
                    count: deal.thread.unread > 0 ? deal.thread.unread : undefined,
                    content: <TalkTab>{renderChat(deal.thread.id)}</TalkTab>,
                  },
                ]),
          ]}
        />
        {isWide && (
          <div className="sticky top-20 h-[calc(100dvh-22rem)] min-h-112">
            {renderChat(deal.thread.id)}
          </div>
        )}
      </div>
    </PageBody>
  );
}

/** Where the deal came from. */
function Origins({ deal }: { deal: DealView }): ReactNode {
  const requestPath = deal.side === 'buyer' ? '/app/requests/$requestId' : '/app/board/$requestId';
  return (
    <span className="flex flex-wrap gap-x-3">
      <Link to={requestPath as '/app/board/$requestId'} params={{ requestId: deal.request_id }}>
        {deal.request_number}
      </Link>
      <Link to="/app/quotes/$quoteId" params={{ quoteId: deal.quote_id }}>
        {deal.quote_number}
      </Link>
    </span>
  );
}

/** What the other side waits for, or asks. */
function Notices({ deal }: { deal: DealView }): ReactNode {
  const { t } = useTranslation('deals');
  const other = deal.side === 'buyer' ? 'vendor' : 'buyer';
  const name = deal[other].name;
  const isOpen = deal.state === 'negotiation' || deal.state === 'contract';
  const asked = isOpen ? deal.cancel_asked_by : [];
  const isNegotiating = deal.state === 'negotiation';
  return (
    <>
      {asked.includes(other) && (
        <Banner tone="stopped">{t('notices.they_cancel', { name })}</Banner>
      )}
      {asked.includes(deal.side) && (
        <Banner tone="waiting">{t('notices.we_cancel', { name })}</Banner>
      )}
      {isNegotiating && deal.signed_by.includes(other) && !deal.signed_by.includes(deal.side) && (
        <Banner tone="waiting">{t('notices.they_signed', { name })}</Banner>
      )}
      {isNegotiating && deal.signed_by.includes(deal.side) && (
        <Banner>{t('notices.we_signed', { name })}</Banner>
      )}
    </>
  );
}

function History({ deal }: { deal: DealView }): ReactNode {
  const { t } = useTranslation('deals');
  return (
    <Card>
      <Timeline
        entries={dealHistory(deal).map(({ id, kind, at, tone, name, number, note }) => ({
          id,
          at,
          tone,
          title: t(`history.${kind}`, { number: number ?? '' }),
          ...(name === undefined && (note === undefined || note === '')
            ? {}
            : {
                text: [name, note].filter((part) => part !== undefined && part !== '').join(': '),
              }),
        }))}
      />
    </Card>
  );
}
