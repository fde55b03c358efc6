import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { tradeRequestQuery } from '@/shared/trade/request-query';
import { ActionBar } from '@/shared/ui/action-bar';
import { Awaiting } from '@/shared/ui/awaiting';
import { StatusBadge } from '@/shared/ui/badge';
import { Banner } from '@/shared/ui/banner';
import { ButtonLink, Link } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { PageSkeleton } from '@/shared/ui/states';
import { Tabs } from '@/shared/ui/tabs';

import { quoteQuery } from '../api/queries';
import type { QuoteTab, QuoteView } from '../api/types';
import { OfferView } from '../components/offer-view';
import { QuoteIdContext, ReconfirmDialog } from '../components/reconfirm-dialog';
import { Versions } from '../components/versions';

interface QuotePageProps {
  quoteId: string;
  tab: QuoteTab;
  onTab: (tab: QuoteTab) => void;
}

/** A quote: what it says now, how it came to that, and what may be done with it. */
export function QuotePage({ quoteId, tab, onTab }: QuotePageProps): ReactNode {
  const query = useQuery(quoteQuery(quoteId));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  return <Loaded quote={data} tab={tab} onTab={onTab} />;
}

const CUSTOM = { reconfirm: ReconfirmDialog };

function Loaded({
  quote,
  tab,
  onTab,
}: Omit<QuotePageProps, 'quoteId'> & { quote: QuoteView }): ReactNode {
  const { t } = useTranslation(['quotes', 'common']);
  const request = useQuery(tradeRequestQuery(quote.request.id)).data;
  const canUpdate = quote.actions.some(({ name }) => name === 'update') && !quote.needs_reconfirm;
  return (
    <QuoteIdContext value={quote.id}>
      <PageBody>
        <PageHeader
          title={quote.number}
          eyebrow={<RequestLink quote={quote} />}
          badge={<StatusBadge noun="quote" status={quote.state} withNext />}
          text={`${quote.request.title} · ${quote.side === 'vendor' ? quote.request.organisation.name : quote.vendor.name}`}
          actions={
            <>
              <ActionBar
                actions={quote.actions}
                resourcePath={`/quotes/${quote.id}`}
                version={quote.version}
                subject={quote.number}
                primary="reconfirm"
                hidden={['update']}
                custom={CUSTOM}
                staleKeys={[['quotes'], ['requests'], ['board']]}
              />
              {canUpdate && (
                <ButtonLink
                  to="/app/quotes/$quoteId/edit"
                  params={{ quoteId: quote.id }}
                  variant="primary"
                >
                  {t('page.new_version')}
                </ButtonLink>
              )}
              {quote.deal_id !== null && (
                <ButtonLink
                  to="/app/deals/$dealId"
                  params={{ dealId: quote.deal_id }}
                  variant="primary"
                >
                  {t('page.to_deal')}
                </ButtonLink>
              )}
            </>
          }
        />
        {quote.needs_reconfirm && (
          <Banner tone="waiting">
            {t(quote.side === 'vendor' ? 'page.needs_reconfirm' : 'page.needs_reconfirm_buyer')}
          </Banner>
        )}
        {quote.rejected_reason !== null && quote.rejected_reason !== '' && (
          <Banner tone="stopped">
            {t('page.rejected')} {quote.rejected_reason}
          </Banner>
        )}
        <Tabs
          label={quote.number}
          value={tab}
          onChange={(value) => onTab(value as QuoteTab)}
          tabs={[
            {
              value: 'offer',
              label: t('page.offer'),
              content: (
                <div className="flex flex-col gap-6">
                  <OfferView offer={quote.offer} request={request} />
                </div>
              ),
            },
            {
              value: 'versions',
              label: t('page.versions'),
              count: quote.current_version,
              content: <Versions quoteId={quote.id} request={request} />,
            },
          ]}
        />
      </PageBody>
    </QuoteIdContext>
  );
}

/** The request as this side sees it: vendors on the board, buyers among their own. */
function RequestLink({ quote }: { quote: QuoteView }): ReactNode {
  const { number, id } = quote.request;
  return quote.side === 'vendor' ? (
    <Link to="/app/board/$requestId" params={{ requestId: id }}>
      {number}
    </Link>
  ) : (
    <Link to={'/app/requests/$requestId' as '/app/board/$requestId'} params={{ requestId: id }}>
      {number}
    </Link>
  );
}
