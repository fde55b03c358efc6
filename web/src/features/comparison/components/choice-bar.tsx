import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '@/shared/ui/button';
import { keepToastsOff } from '@/shared/ui/toast';
import { Money } from '@/shared/ui/values';

import type { ComparisonView } from '../api/queries';
import type { Decision, Share } from '../model/choice';

interface ChoiceBarProps {
  view: ComparisonView;
  decision: Decision;
  shares: readonly Share[];
  shortlistCount: number;
  isPending: boolean;
  onBestSplit: () => void;
  onClear: () => void;
  onAward: () => void;
  onShortlist: () => void;
}

/** What is chosen so far and the step that follows; stays in sight below the matrix. */
export function ChoiceBar(props: ChoiceBarProps): ReactNode {
  const { view, decision, shares, shortlistCount, isPending } = props;
  const { t } = useTranslation('comparison');
  if (decision === 'none') return null;
  if (decision === 'shortlist') {
    return (
      <Bar>
        <p className="flex-1 basis-60 text-small text-muted">{t('shortlist_text')}</p>
        <Button
          variant="primary"
          disabled={shortlistCount === 0}
          isPending={isPending}
          onClick={props.onShortlist}
        >
          {shortlistCount === 0 ? t('shortlist_none') : t('shortlist', { count: shortlistCount })}
        </Button>
      </Bar>
    );
  }
  const count = shares.reduce((sum, share) => sum + share.lineIds.length, 0);
  return (
    <Bar>
      <div className="flex-1 basis-60 text-small" role="status">
        {count === 0 ? (
          <p className="text-muted">{t('choice.none')}</p>
        ) : (
          <>
            <p className="font-medium">
              {t('choice.summary', { count })}{' '}
              <span className="font-normal text-muted">
                {t('choice.of', { all: view.lines.length })}
              </span>
            </p>
            <p className="text-muted">
              {shares.map((share, index) => (
                <span key={share.quote.id}>
                  {index > 0 && ' · '}
                  {share.quote.vendor.name} <Money value={share.amount} />
                </span>
              ))}{' '}
              ({t('choice.landed')})
            </p>
          </>
        )}
      </div>
      {count > 0 && (
        <Button variant="quiet" onClick={props.onClear}>
          {t('clear')}
        </Button>
      )}
      {shortlistCount > 0 && (
        <Button isPending={isPending} onClick={props.onShortlist}>
          {t('shortlist', { count: shortlistCount })}
        </Button>
      )}
      <Button onClick={props.onBestSplit}>{t('best_split')}</Button>
      <Button variant="primary" disabled={count === 0} onClick={props.onAward}>
        {t(decision === 'award' ? 'award' : 'reaward')}
      </Button>
    </Bar>
  );
}

function Bar({ children }: { children: ReactNode }): ReactNode {
  return (
    <div
      ref={keepToastsOff}
      className="sticky bottom-18 z-20 flex flex-wrap items-center gap-2 rounded-base border border-line bg-surface px-4 py-3 shadow-overlay lg:bottom-2"
    >
      {children}
    </div>
  );
}
