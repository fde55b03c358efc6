import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useMediaQuery, useStored } from '@/shared/hooks/browser';
import { useCan } from '@/shared/session/session';
import { showDone } from '@/shared/ui/toast';
import { Money } from '@/shared/ui/values';

import {
  type ComparedQuote,
  type ComparisonView,
  type RequestView,
  useShortlist,
} from '../api/queries';
import { AwardDialog } from '../components/award-dialog';
import { ChoiceBar } from '../components/choice-bar';
import { Matrix } from '../components/matrix';
import type { QuoteHeadProps } from '../components/quote-head';
import { QuotePages } from '../components/quote-pages';
import {
  bestSplit,
  canWin,
  type Choice,
  decisionOf,
  isWhole,
  sharesOf,
  stillPossible,
  toggleLine,
  toggleWhole,
} from '../model/choice';

interface ComparisonBoardProps {
  request: RequestView;
  view: ComparisonView;
  onAwarded: () => void;
}

const OPEN_QUOTES = ['submitted', 'updated'];

/** The matrix with the choice that is made in it. The choice stays in this browser until the award. */
export function ComparisonBoard({ request, view, onAwarded }: ComparisonBoardProps): ReactNode {
  const { t } = useTranslation('comparison');
  const can = useCan();
  const isWide = useMediaQuery('(min-width: 64rem)');
  const [stored, setStored] = useStored<Choice>(`karavan.comparison.${request.id}`, {});
  const [shortlisted, setShortlisted] = useState<readonly string[]>([]);
  const [isAwarding, setIsAwarding] = useState(false);
  const shortlist = useShortlist(request.id);
  const decision = decisionOf(request.actions);
  // A sealed request past its deadline may be awarded at once or shortlisted first.
  const mayShortlist = request.actions.some(({ name }) => name === 'shortlist');
  const mayWin = (quote: ComparedQuote): boolean => canWin(quote, decision, request.state);
  const winners = view.quotes.filter(mayWin);
  const choice = stillPossible(stored, view, winners);
  const shares = sharesOf(choice, view);
  const headOf = (quote: ComparedQuote): QuoteHeadProps => ({
    quote,
    linesCount: view.lines.length,
    isWhole: isWhole(choice, quote),
    onWhole: mayWin(quote) ? () => setStored(toggleWhole(choice, quote)) : null,
    isOnShortlist: shortlisted.includes(quote.id),
    onShortlist:
      mayShortlist && OPEN_QUOTES.includes(quote.state)
        ? (isOn) =>
            setShortlisted(
              isOn ? [...shortlisted, quote.id] : shortlisted.filter((id) => id !== quote.id),
            )
        : null,
  });
  const layout = {
    view,
    choice,
    canWin: mayWin,
    canScore: can('requests:award') && ['published', 'shortlist'].includes(request.state),
    onPick: (lineId: string, quoteId: string) => setStored(toggleLine(choice, lineId, quoteId)),
    headOf,
  };
  return (
    <>
      <Notes view={view} />
      {isWide ? <Matrix {...layout} /> : <QuotePages {...layout} />}
      <ChoiceBar
        view={view}
        decision={decision}
        shares={shares}
        shortlistCount={shortlisted.length}
        isPending={shortlist.isPending}
        onBestSplit={() => setStored(bestSplit(view, winners))}
        onClear={() => setStored({})}
        onAward={() => setIsAwarding(true)}
        onShortlist={() =>
          shortlist.mutate(
            { quote_ids: [...shortlisted], version: request.version },
            {
              onSuccess: () => {
                setShortlisted([]);
                showDone(t('shortlisted_done'));
              },
            },
          )
        }
      />
      <AwardDialog
        isOpen={isAwarding}
        onClose={() => setIsAwarding(false)}
        transition={decision === 'reaward' ? 'reaward' : 'award'}
        request={request}
        view={view}
        shares={shares}
        onAwarded={() => {
          setStored({});
          onAwarded();
        }}
      />
    </>
  );
}

function Notes({ view }: { view: ComparisonView }): ReactNode {
  const { t } = useTranslation('comparison');
  const rates = view.rates
    .map((rate) => `1 ${rate.base} = ${rate.rate} ${rate.quote} (${rate.effective_on})`)
    .join('; ');
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-1 text-small text-muted">
      {view.best_split !== null && (
        <span>
          {t('best_split_total')}:{' '}
          <Money value={view.best_split} className="font-semibold text-ink" />
        </span>
      )}
      {rates !== '' && <span>{t('rates_used', { list: rates })}</span>}
    </div>
  );
}
