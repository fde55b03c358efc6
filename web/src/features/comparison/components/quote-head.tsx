import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Badge, StatusBadge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/choice';
import { Link } from '@/shared/ui/link';

import type { ComparedQuote } from '../api/queries';

export interface QuoteHeadProps {
  quote: ComparedQuote;
  linesCount: number;
  isWhole: boolean;
  /** Chooses all that the quote offers; null where it cannot win. */
  onWhole: (() => void) | null;
  isOnShortlist: boolean;
  /** Puts it on the shortlist; null where none is being made. */
  onShortlist: ((isOn: boolean) => void) | null;
}

/** Who quotes, how the quote stands, and the choice of it as a whole. */
export function QuoteHead(props: QuoteHeadProps): ReactNode {
  const { quote, linesCount, isWhole, onWhole, isOnShortlist, onShortlist } = props;
  const { t } = useTranslation('comparison');
  const name = quote.vendor.name;
  return (
    <div className="flex flex-col items-start gap-1.5">
      <Link
        to="/app/quotes/$quoteId"
        params={{ quoteId: quote.id }}
        className="text-body font-semibold"
      >
        {name}
      </Link>
      <span className="text-small font-normal text-muted">
        {quote.number} ·{' '}
        {quote.complete
          ? t('complete')
          : t('incomplete', { offered: quote.lines_offered, all: linesCount })}
      </span>
      <span className="flex flex-wrap gap-1">
        <StatusBadge noun="quote" status={quote.state} />
        {quote.shortlisted && <Badge tone="done">{t('shortlisted')}</Badge>}
        {quote.expired && <Badge tone="stopped">{t('expired')}</Badge>}
        {quote.needs_reconfirm && <Badge tone="waiting">{t('needs_reconfirm')}</Badge>}
      </span>
      {onShortlist !== null && (
        <Checkbox
          label={
            <>
              {t('to_shortlist')}
              <span className="sr-only">: {name}</span>
            </>
          }
          isChecked={isOnShortlist}
          onChange={onShortlist}
        />
      )}
      {onWhole !== null && (
        <Button
          size="small"
          aria-pressed={isWhole}
          aria-label={t('pick_whole', { vendor: name })}
          className={isWhole ? 'border-accent bg-accent-soft text-on-accent-soft' : ''}
          onClick={onWhole}
        >
          {t(isWhole ? 'picked' : 'choose_all')}
        </Button>
      )}
    </div>
  );
}
