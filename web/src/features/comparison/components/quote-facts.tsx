import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';
import { showDone } from '@/shared/ui/toast';
import { Input } from '@/shared/ui/input';
import { ProgressBar } from '@/shared/ui/progress';
import { DateTime, Money } from '@/shared/ui/values';

import { type ComparedQuote, type ComparisonView, useGiveScore } from '../api/queries';

export const FACTS = [
  'net',
  'delivery',
  'tax',
  'total',
  'original',
  'lead_time',
  'payment',
  'delivery_terms',
  'valid_until',
  'history',
] as const;
export type Fact = (typeof FACTS)[number];

/** The facts worth a row: the quoted currency only where one differs. */
export function factsOf(view: ComparisonView): Fact[] {
  const converts = view.quotes.some((quote) => quote.original_total.currency !== view.currency);
  return FACTS.filter((fact) => fact !== 'original' || converts);
}

/** One fact of a quote as a whole. */
export function FactValue({ quote, fact }: { quote: ComparedQuote; fact: Fact }): ReactNode {
  const { t } = useTranslation('comparison');
  switch (fact) {
    case 'net':
    case 'delivery':
    case 'tax':
      return <Money value={quote[fact]} />;
    case 'total':
      return (
        <span className="flex flex-col gap-1">
          <Money value={quote.total} className="text-reading font-semibold" />
          {quote.best_total && <BestMark label={t('best_total')} />}
        </span>
      );
    case 'original':
      return <Money value={quote.original_total} className="text-muted" />;
    case 'lead_time':
      return t('days', { count: quote.lead_time_days });
    case 'payment':
      return (
        <>
          {quote.payment_days === 0
            ? t('prepaid')
            : t('payment_days', { count: quote.payment_days })}
          {quote.payment_terms !== '' && (
            <span className="block text-small text-muted">{quote.payment_terms}</span>
          )}
        </>
      );
    case 'delivery_terms':
      return quote.delivery_terms === '' ? '—' : quote.delivery_terms;
    case 'valid_until':
      return <DateTime value={quote.valid_until} />;
    case 'history':
      return <History quote={quote} />;
  }
}

function History({ quote }: { quote: ComparedQuote }): ReactNode {
  const { t } = useTranslation('comparison');
  const { quotes, deals, deals_paid: paid } = quote.history;
  if (quotes === 0 && deals === 0) return t('history_none');
  return [
    t('history_quotes', { count: quotes }),
    t('history_deals', { count: deals }),
    t('history_paid', { count: paid }),
  ].join(', ');
}

/** The mark of the best: a word and a sign, so that colour is not needed. */
export function BestMark({ label }: { label: string }): ReactNode {
  return (
    <span className="inline-flex w-fit items-center gap-1 rounded-full bg-done-soft px-1.5 text-caption font-semibold text-done">
      <span aria-hidden>★</span>
      {label}
    </span>
  );
}

/** A quote's weighted score, for the eye as a bar. */
export function ScoreValue({ quote }: { quote: ComparedQuote }): ReactNode {
  const { t } = useTranslation('comparison');
  if (quote.score === null) return t('no_points');
  return (
    <span className="flex flex-col gap-1">
      <span className="text-reading font-semibold tabular">
        {formatNumber(Number(quote.score))}
      </span>
      <ProgressBar label={t('rows.score')} value={Number(quote.score) / 100} />
      {!quote.score_complete && (
        <span className="text-caption text-waiting">{t('score_incomplete')}</span>
      )}
    </span>
  );
}

interface PointsProps {
  requestId: string;
  quote: ComparedQuote;
  criterion: ComparisonView['criteria'][number];
  canScore: boolean;
}

/** Points by one criterion; those that people give are typed in place. */
export function Points({ requestId, quote, criterion, canScore }: PointsProps): ReactNode {
  const { t } = useTranslation('comparison');
  const part = quote.parts.find((one) => one.criterion_id === criterion.id);
  const given = part?.points ?? null;
  if (criterion.kind !== 'manual' || !canScore) {
    return (
      <span className="tabular">
        {given === null ? t('no_points') : formatNumber(Number(given))}
      </span>
    );
  }
  return (
    <PointsInput
      key={given ?? ''}
      requestId={requestId}
      quote={quote}
      criterion={criterion}
      given={given}
      note={part?.note ?? ''}
    />
  );
}

function PointsInput({
  requestId,
  quote,
  criterion,
  given,
  note,
}: Omit<PointsProps, 'canScore'> & { given: string | null; note: string }): ReactNode {
  const { t } = useTranslation('comparison');
  const give = useGiveScore(requestId);
  const [text, setText] = useState(given ?? '');
  const value = text.trim().replace(',', '.');
  const isValid = /^\d{1,3}(\.\d{1,2})?$/.test(value) && Number(value) <= 100;
  const save = (): void => {
    if (!isValid || value === given || give.isPending) return;
    give.mutate(
      { criterion_id: criterion.id, quote_id: quote.id, value, note },
      { onSuccess: () => showDone(t('score_saved')) },
    );
  };
  return (
    <Input
      inputMode="decimal"
      autoComplete="off"
      aria-label={t('score_for', { vendor: quote.vendor.name, criterion: criterion.name })}
      aria-invalid={(text !== '' && !isValid) || undefined}
      className="max-w-20 text-right tabular"
      placeholder="0–100"
      value={text}
      disabled={give.isPending}
      onChange={(event) => setText(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
      }}
    />
  );
}
