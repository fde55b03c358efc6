import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { problemMessage } from '@/shared/api/problem-text';
import { Badge } from '@/shared/ui/badge';
import { Link } from '@/shared/ui/link';

import type { StandingRun, StandingView } from '../api/types';
import { isWeekday } from '../model/days';

/** “Every week: Mon, Fri · 08:00”. */
export function Rhythm({ standing }: { standing: StandingView }): ReactNode {
  const { t } = useTranslation('orders');
  const days = standing.days.map((day) =>
    standing.schedule === 'weekly' && isWeekday(day) ? t(`standing.weekdays.${day}`) : String(day),
  );
  return (
    <span>
      {t(`standing.${standing.schedule}`)}: {days.join(', ')} ·{' '}
      {String(standing.hour).padStart(2, '0')}:00
    </span>
  );
}

/** The code of a turn that a person has left out. */
const LEFT_OUT = 'standing_order.passed_over';

interface OutcomeProps {
  run: StandingRun;
  isShort?: boolean;
}

/** The order that a turn has placed, or why it was skipped. */
export function Outcome({ run, isShort = false }: OutcomeProps): ReactNode {
  const { t } = useTranslation('orders');
  if (run.order_id !== null) {
    return (
      <Link to="/app/orders/$orderId" params={{ orderId: run.order_id }}>
        {t('standing.outcome.placed', { number: run.order_number ?? '' })}
      </Link>
    );
  }
  if (run.code === LEFT_OUT) {
    return (
      <span className="inline-flex flex-wrap items-center gap-2">
        <Badge tone="draft">{t('standing.outcome.left_out')}</Badge>
        {!isShort && <span>{String(run.facts['name'] ?? '')}</span>}
      </span>
    );
  }
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Badge tone="stopped">{t('standing.outcome.skipped')}</Badge>
      {!isShort && <span>{problemMessage(run.code ?? '', run.detail ?? '', run.facts)}</span>}
    </span>
  );
}
