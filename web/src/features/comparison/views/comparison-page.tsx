import { useQuery } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { toProblem } from '@/shared/api/problem';
import { Awaiting } from '@/shared/ui/awaiting';
import { ButtonLink, Link } from '@/shared/ui/link';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState, ErrorState, PageSkeleton, SkeletonRows } from '@/shared/ui/states';
import { Countdown } from '@/shared/ui/values';

import { comparedRequestQuery, comparisonQuery, type RequestView } from '../api/queries';
import { ComparisonTools } from '../components/comparison-tools';
import { ComparisonBoard } from './comparison-board';

interface ComparisonPageProps {
  requestId: string;
  currency: string | undefined;
  onCurrency: (currency: string | undefined) => void;
  onAwarded: () => void;
  /** How the approval of an award stands, composed by the route. */
  approval: (request: RequestView) => ReactNode;
}

/** The quotes of a request side by side, and the decision between them. */
export function ComparisonPage(props: ComparisonPageProps): ReactNode {
  const { requestId, currency, onCurrency, approval } = props;
  const { t } = useTranslation('comparison');
  const request = useQuery(comparedRequestQuery(requestId));
  const comparison = useQuery(comparisonQuery(requestId, currency));
  if (request.data === undefined)
    return <Awaiting query={request} skeleton={<PageSkeleton />} isInCard />;
  const view = comparison.error === null ? comparison.data : undefined;
  return (
    <PageBody>
      <PageHeader
        eyebrow={
          <Link to="/app/requests/$requestId" params={{ requestId }}>
            {[request.data.number, request.data.title].filter(Boolean).join(' · ')}
          </Link>
        }
        title={t('title')}
        documentTitle={`${t('title')} · ${request.data.title}`}
        text={t('text')}
        actions={
          <ComparisonTools
            request={request.data}
            view={view}
            currency={currency}
            onCurrency={onCurrency}
          />
        }
      />
      {approval(request.data)}
      {comparison.isPending ? (
        <Card isFlush>
          <SkeletonRows />
        </Card>
      ) : view === undefined ? (
        <NotComparable
          request={request.data}
          error={comparison.error}
          onRetry={() => void comparison.refetch()}
        />
      ) : view.quotes.length === 0 ? (
        <Card>
          <EmptyState
            icon={Scale}
            title={t('empty')}
            text={t('empty_text')}
            action={<BackLink requestId={requestId} />}
          />
        </Card>
      ) : (
        <ComparisonBoard request={request.data} view={view} onAwarded={props.onAwarded} />
      )}
    </PageBody>
  );
}

interface NotComparableProps {
  request: RequestView;
  error: unknown;
  onRetry: () => void;
}

function NotComparable({ request, error, onRetry }: NotComparableProps): ReactNode {
  const { t } = useTranslation('comparison');
  const { code } = toProblem(error);
  if (code === 'procurement.still_sealed') {
    return (
      <Card>
        <EmptyState
          icon={Scale}
          title={t('sealed')}
          text={t('sealed_text')}
          action={
            <span className="flex flex-col items-center gap-3">
              {request.quotes_due_at !== null && <Countdown deadline={request.quotes_due_at} />}
              <BackLink requestId={request.id} />
            </span>
          }
        />
      </Card>
    );
  }
  if (code === 'procurement.no_exchange_rate') {
    return (
      <Card>
        <EmptyState
          icon={Scale}
          title={t('no_rate')}
          text={t('no_rate_text')}
          action={<ButtonLink to="/app/settings/exchange-rates">{t('rates_link')}</ButtonLink>}
        />
      </Card>
    );
  }
  return (
    <Card>
      <ErrorState error={error} onRetry={onRetry} />
    </Card>
  );
}

function BackLink({ requestId }: { requestId: string }): ReactNode {
  const { t } = useTranslation('comparison');
  return (
    <ButtonLink to="/app/requests/$requestId" params={{ requestId }}>
      {t('back')}
    </ButtonLink>
  );
}
