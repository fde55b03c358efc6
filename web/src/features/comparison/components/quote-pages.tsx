import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';
import { IconButton } from '@/shared/ui/icon-button';
import { Select } from '@/shared/ui/input';
import { Card } from '@/shared/ui/page';

import { LineCell } from './line-cell';
import { type LayoutProps, LineName } from './matrix';
import { factsOf, FactValue, Points, ScoreValue } from './quote-facts';
import { QuoteHead } from './quote-head';

/** The narrow layout: one quote at a time, with the way to the next. */
export function QuotePages(props: LayoutProps): ReactNode {
  const { view, choice, canWin, canScore, onPick, headOf } = props;
  const { t } = useTranslation('comparison');
  const [shownId, setShownId] = useState<string | null>(null);
  const at = Math.max(
    0,
    view.quotes.findIndex((quote) => quote.id === shownId),
  );
  const quote = view.quotes[at];
  if (quote === undefined) return null;
  const go = (index: number): void => setShownId(view.quotes[index]?.id ?? null);
  return (
    <Card isFlush>
      <div className="flex items-center gap-2 border-b border-line p-2">
        <IconButton
          icon={ChevronLeft}
          label={t('previous')}
          disabled={at === 0}
          onClick={() => go(at - 1)}
        />
        <Select
          className="min-w-0 flex-1"
          aria-label={t('pager', { at: at + 1, all: view.quotes.length })}
          value={quote.id}
          choices={view.quotes.map((one, index) => ({
            value: one.id,
            label: `${String(index + 1)}/${String(view.quotes.length)} · ${one.vendor.name}`,
          }))}
          onChange={(event) => setShownId(event.target.value)}
        />
        <IconButton
          icon={ChevronRight}
          label={t('next')}
          disabled={at === view.quotes.length - 1}
          onClick={() => go(at + 1)}
        />
      </div>
      <div className="border-b border-line bg-sunken p-4">
        <QuoteHead {...headOf(quote)} />
      </div>
      <ol className="divide-y divide-line">
        {view.lines.map((line) => (
          <li key={line.id} className="flex flex-col gap-1 p-3">
            <div className="px-1">
              <LineName line={line} />
            </div>
            <LineCell
              line={line}
              quote={quote}
              currency={view.currency}
              isPicked={choice[line.id] === quote.id}
              onPick={canWin(quote) ? () => onPick(line.id, quote.id) : null}
              pickedElsewhere={
                view.quotes.find(({ id }) => id !== quote.id && id === choice[line.id])?.vendor.name
              }
              isEdged
            />
          </li>
        ))}
      </ol>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-3 border-t border-line p-4 text-body">
        {factsOf(view).map((fact) => (
          <div key={fact} className="contents">
            <dt className="text-small text-muted">{t(`rows.${fact}`)}</dt>
            <dd className="flex justify-end text-right">
              <span>
                <FactValue quote={quote} fact={fact} />
              </span>
            </dd>
          </div>
        ))}
        {view.criteria.length > 0 && (
          <div className="contents">
            <dt className="text-small text-muted">{t('rows.score')}</dt>
            <dd className="text-right">
              <ScoreValue quote={quote} />
            </dd>
          </div>
        )}
        {view.criteria.map((criterion) => (
          <div key={criterion.id} className="contents">
            <dt className="text-small text-muted">
              {criterion.name} ·{' '}
              {t('criteria_dialog.share', { percent: formatNumber(Number(criterion.share)) })}
            </dt>
            <dd className="flex justify-end text-right">
              <Points
                requestId={view.request_id}
                quote={quote}
                criterion={criterion}
                canScore={canScore}
              />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
