import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { problemMessage } from '@/shared/api/problem-text';
import { nameNow } from '@/shared/i18n/names';
import { formatQuantity } from '@/shared/units/units';
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
      {!isShort && <RefusedGoods goods={run.facts['goods']} />}
    </span>
  );
}

const goodsSchema = z.array(
  z.object({
    sku: z.string(),
    name: z.string(),
    names: z.record(z.string(), z.string()),
    code: z.string(),
    available: z.optional(z.string()),
  }),
);

/** For which goods a turn was skipped, and what is wrong with each. */
function RefusedGoods({ goods }: { goods: unknown }): ReactNode {
  const { t } = useTranslation('orders');
  const refused = z.safeParse(goodsSchema, goods);
  if (!refused.success || refused.data.length === 0) return null;
  return (
    <ul className="basis-full text-small text-muted">
      {refused.data.map((one) => (
        <li key={one.sku}>
          {nameNow(one)} ({one.sku}):{' '}
          {one.code === 'short'
            ? t(Number(one.available) > 0 ? 'warnings.short' : 'warnings.none_left', {
                available: formatQuantity(one.available ?? '0'),
              })
            : problemMessage(`field.${one.code}`, '')}
        </li>
      ))}
    </ul>
  );
}
