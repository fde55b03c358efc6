import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatMoney } from '@/shared/money/money';
import { classes } from '@/shared/ui/classes';
import { Money } from '@/shared/ui/values';
import { useUnits } from '@/shared/units/units';

import type { ComparedLine, ComparedQuote, RequestedLine } from '../api/queries';
import { BestMark } from './quote-facts';

interface LineCellProps {
  line: RequestedLine;
  quote: ComparedQuote;
  currency: string;
  isPicked: boolean;
  /** Gives the line to this quote; null where nothing is to be chosen. */
  onPick: (() => void) | null;
  /** Who has the line now, where their column is not in sight. */
  pickedElsewhere?: string | undefined;
  /** Draws an edge around what can be chosen, where no pointer can hover. */
  isEdged?: boolean;
}

/** What one quote answers to one line; a button where the line can be given to it. */
export function LineCell({
  line,
  quote,
  currency,
  isPicked,
  onPick,
  pickedElsewhere,
  isEdged = false,
}: LineCellProps): ReactNode {
  const { t } = useTranslation('comparison');
  const answer = quote.lines.find((one) => one.request_line_id === line.id);
  if (answer === undefined || answer.kind === 'not_available') {
    return (
      <span className="block px-3 py-2 text-small text-faint">
        {t(answer === undefined ? 'not_answered' : 'not_available')}
        {answer !== undefined && answer.comment !== '' && (
          <span className="block">{answer.comment}</span>
        )}
      </span>
    );
  }
  const content = <Offer line={line} answer={answer} currency={currency} isPicked={isPicked} />;
  if (onPick === null) return <div className="px-3 py-2">{content}</div>;
  return (
    <button
      type="button"
      aria-pressed={isPicked}
      onClick={onPick}
      className={classes(
        'flex h-full w-full flex-col rounded-base border px-3 py-2 text-left',
        isPicked
          ? 'border-accent bg-accent-soft text-on-accent-soft'
          : classes('hover:bg-hover', isEdged ? 'border-line' : 'border-transparent'),
      )}
    >
      <span className="sr-only">
        {t('pick_line', { line: line.name, vendor: quote.vendor.name })}:{' '}
      </span>
      {content}
      {pickedElsewhere !== undefined && (
        <span className="mt-1 text-small font-medium">
          {t('picked_elsewhere', { vendor: pickedElsewhere })}
        </span>
      )}
    </button>
  );
}

function Offer({
  line,
  answer,
  currency,
  isPicked,
}: {
  line: RequestedLine;
  answer: ComparedLine;
  currency: string;
  isPicked: boolean;
}): ReactNode {
  const { t } = useTranslation('comparison');
  const units = useUnits();
  const isAsAsked = answer.quantity === line.quantity && answer.unit === line.unit;
  const landedUnit =
    answer.landed_unit_amount === null ||
    Number(answer.landed_unit_amount) === answer.unit_price?.amount
      ? null
      : formatMoney({ amount: Math.round(Number(answer.landed_unit_amount)), currency });
  return (
    <span className="flex flex-col gap-0.5">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Money value={answer.unit_price} className="font-semibold" />
        {answer.best && <BestMark label={t('best')} />}
        {isPicked && <CircleCheck aria-label={t('picked')} className="size-4 text-accent" />}
      </span>
      {landedUnit !== null && (
        <span className="text-small text-muted">{t('per_unit', { price: landedUnit })}</span>
      )}
      <span className="text-small text-muted">
        <Money value={answer.landed} /> · {t('days', { count: answer.lead_time_days })}
      </span>
      {!isAsAsked && (
        <span className="text-small font-medium text-waiting">
          {t('other_quantity', { quantity: units.quantity(answer.quantity, answer.unit) })}
        </span>
      )}
      {answer.kind === 'alternative' && (
        <span className="text-small">
          <span className="font-medium text-waiting">{t('alternative')}:</span> {answer.name}
        </span>
      )}
      {answer.comment !== '' && <span className="text-small text-muted">{answer.comment}</span>}
    </span>
  );
}
