import { useQuery } from '@tanstack/react-query';
import { FileText, LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Badge, StatusBadge } from '@/shared/ui/badge';
import { Link } from '@/shared/ui/link';
import { Card } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { Avatar, Countdown, DateTime, Money } from '@/shared/ui/values';

import { requestQuotesQuery } from '../api/queries';
import type { QuoteSummary, RequestView } from '../api/types';

/** The quotes that have come; before the deadline of a sealed request only how many. */
export function QuotesTab({ request }: { request: RequestView }): ReactNode {
  const { t } = useTranslation('requests');
  const query = useQuery(requestQuotesQuery(request.id));
  const { data } = query;
  if (data === undefined)
    return (
      <Card isFlush>
        <Awaiting query={query} skeleton={<SkeletonRows rows={3} />} />
      </Card>
    );
  if (data.sealed !== null) {
    return (
      <Card>
        <EmptyState
          icon={LockKeyhole}
          title={t('quotes.sealed_title', { count: data.sealed.count })}
          text={
            <>
              {t('quotes.sealed_text')} <DateTime value={data.sealed.sealed_until} />
            </>
          }
          action={<Countdown deadline={data.sealed.sealed_until} />}
        />
      </Card>
    );
  }
  if (data.items.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={FileText}
          title={t('quotes.empty')}
          text={t(request.state === 'draft' ? 'quotes.empty_draft_text' : 'quotes.empty_text')}
        />
      </Card>
    );
  }
  return (
    <Card isFlush>
      <ul className="divide-y divide-line">
        {data.items.map((quote) => (
          <QuoteRow key={quote.id} quote={quote} linesCount={request.lines.length} />
        ))}
      </ul>
    </Card>
  );
}

function QuoteRow({ quote, linesCount }: { quote: QuoteSummary; linesCount: number }): ReactNode {
  const { t } = useTranslation('requests');
  return (
    <li className="grid gap-x-6 gap-y-2 px-4 py-3.5 sm:grid-cols-[minmax(0,1fr)_auto] lg:grid-cols-[minmax(0,1fr)_9rem_11rem_10rem]">
      <div className="flex min-w-0 items-start gap-3">
        <Avatar name={quote.vendor.name} isOrganisation />
        <div className="flex min-w-0 flex-col gap-1">
          <Link to="/app/quotes/$quoteId" params={{ quoteId: quote.id }} className="font-medium">
            {quote.vendor.name}
          </Link>
          <span className="text-small text-muted">
            {quote.number} · {t('quotes.version', { number: quote.current_version })}
          </span>
          <span className="flex flex-wrap gap-1.5">
            <StatusBadge noun="quote" status={quote.state} />
            {quote.shortlisted && <Badge tone="done">{t('quotes.shortlisted')}</Badge>}
            {quote.needs_reconfirm && <Badge tone="waiting">{t('quotes.needs_reconfirm')}</Badge>}
          </span>
        </div>
      </div>
      <Fact label={t('quotes.lead_time')}>
        {quote.lead_time_days === null
          ? '—'
          : t('quotes.lead_days', { count: quote.lead_time_days })}
        <span className="block text-small text-muted">
          {t('quotes.lines_offered')}: {quote.lines_offered ?? '—'} / {linesCount}
        </span>
      </Fact>
      <Fact label={t('quotes.valid_until')}>
        <DateTime value={quote.valid_until} />
      </Fact>
      <Fact label={t('quotes.total')}>
        <Money value={quote.total} className="text-reading font-semibold" />
      </Fact>
    </li>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div className="flex justify-between gap-4 text-body sm:block lg:text-right">
      <span className="text-small text-muted">{label}</span>
      <div>{children}</div>
    </div>
  );
}
