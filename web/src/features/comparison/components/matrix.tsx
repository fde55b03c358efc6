import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatMoney, formatNumber } from '@/shared/money/money';
import { useUnits } from '@/shared/units/units';
import { Card } from '@/shared/ui/page';

import type { ComparedQuote, ComparisonView, RequestedLine } from '../api/queries';
import type { Choice } from '../model/choice';
import { LineCell } from './line-cell';
import { factsOf, FactValue, Points, ScoreValue } from './quote-facts';
import { QuoteHead, type QuoteHeadProps } from './quote-head';

export interface LayoutProps {
  view: ComparisonView;
  choice: Choice;
  canWin: (quote: ComparedQuote) => boolean;
  canScore: boolean;
  onPick: (lineId: string, quoteId: string) => void;
  headOf: (quote: ComparedQuote) => QuoteHeadProps;
}

const STICKY = 'sticky left-0 z-10 border-r border-line bg-surface';

/** The wide layout: a row a line, a column a quote; the first of both stay in sight. */
export function Matrix(props: LayoutProps): ReactNode {
  const { view, choice, canWin, canScore, onPick, headOf } = props;
  const { t } = useTranslation('comparison');
  return (
    <Card isFlush>
      <div className="max-h-[72dvh] overflow-auto">
        <table className="w-full border-separate border-spacing-0 text-body">
          <thead>
            <tr>
              <th
                scope="col"
                className="sticky top-0 left-0 z-30 w-56 min-w-56 border-r border-b border-line bg-sunken px-4 py-3 text-left align-bottom text-small font-medium text-muted"
              >
                {t('line')}
              </th>
              {view.quotes.map((quote) => (
                <th
                  key={quote.id}
                  scope="col"
                  className="sticky top-0 z-20 w-60 min-w-60 border-b border-line bg-sunken px-4 py-3 text-left align-top font-normal"
                >
                  <QuoteHead {...headOf(quote)} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.lines.map((line) => (
              <tr key={line.id}>
                <th
                  scope="row"
                  className={`${STICKY} border-b px-4 py-2 text-left align-top font-normal`}
                >
                  <LineName line={line} />
                </th>
                {view.quotes.map((quote) => (
                  <td key={quote.id} className="border-b border-line p-1 align-top">
                    <LineCell
                      line={line}
                      quote={quote}
                      currency={view.currency}
                      isPicked={choice[line.id] === quote.id}
                      onPick={canWin(quote) ? () => onPick(line.id, quote.id) : null}
                    />
                  </td>
                ))}
              </tr>
            ))}
            {factsOf(view).map((fact) => (
              <FactRow key={fact} label={t(`rows.${fact}`)} view={view}>
                {(quote) => <FactValue quote={quote} fact={fact} />}
              </FactRow>
            ))}
            {view.criteria.length > 0 && (
              <FactRow label={t('rows.score')} view={view}>
                {(quote) => <ScoreValue quote={quote} />}
              </FactRow>
            )}
            {view.criteria.map((criterion) => (
              <FactRow
                key={criterion.id}
                label={criterion.name}
                hint={t('criteria_dialog.share', {
                  percent: formatNumber(Number(criterion.share)),
                })}
                view={view}
              >
                {(quote) => (
                  <Points
                    requestId={view.request_id}
                    quote={quote}
                    criterion={criterion}
                    canScore={canScore}
                  />
                )}
              </FactRow>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

interface FactRowProps {
  label: string;
  hint?: string;
  view: ComparisonView;
  children: (quote: ComparedQuote) => ReactNode;
}

function FactRow({ label, hint, view, children }: FactRowProps): ReactNode {
  return (
    <tr>
      <th
        scope="row"
        className={`${STICKY} border-b px-4 py-2.5 text-left align-top text-small font-medium text-muted`}
      >
        {label}
        {hint !== undefined && <span className="block font-normal">{hint}</span>}
      </th>
      {view.quotes.map((quote) => (
        <td key={quote.id} className="border-b border-line px-4 py-2.5 align-top">
          {children(quote)}
        </td>
      ))}
    </tr>
  );
}

/** What was asked for in one line. */
export function LineName({ line }: { line: RequestedLine }): ReactNode {
  const { t } = useTranslation('comparison');
  const units = useUnits();
  const quantity = units.quantity(line.quantity, line.unit);
  return (
    <>
      <span className="block font-medium">{line.name}</span>
      <span className="block text-small text-muted">
        {line.target_price === null
          ? quantity
          : t('asked', { quantity, price: formatMoney(line.target_price) })}
      </span>
    </>
  );
}
