import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { MoneyValue } from '@/shared/api/types';
import { classes } from '@/shared/ui/classes';
import { Money } from '@/shared/ui/values';

import { formatRate } from './words';

interface TotalsListProps {
  net: MoneyValue;
  groups: readonly { rate: string | number; tax: MoneyValue }[];
  total: MoneyValue;
  /** A charge that is part of the net sum, shown for itself. */
  delivery?: MoneyValue | null;
  className?: string;
}

/** What a document adds up to: net, tax by rate, total. Load the words `trade`. */
export function TotalsList({
  net,
  groups,
  total,
  delivery,
  className,
}: TotalsListProps): ReactNode {
  const { t } = useTranslation('trade');
  const row = 'flex items-baseline justify-between gap-6';
  return (
    <dl className={classes('flex flex-col gap-1.5 text-body', className)}>
      {delivery != null && delivery.amount > 0 && (
        <div className={row}>
          <dt className="text-muted">{t('delivery_included')}</dt>
          <dd>
            <Money value={delivery} />
          </dd>
        </div>
      )}
      <div className={row}>
        <dt className="text-muted">{t('net')}</dt>
        <dd>
          <Money value={net} />
        </dd>
      </div>
      {groups.map(({ rate, tax }) => (
        <div key={rate} className={row}>
          <dt className="text-muted">{t('tax', { rate: formatRate(rate) })}</dt>
          <dd>
            <Money value={tax} />
          </dd>
        </div>
      ))}
      <div className={classes(row, 'border-t border-line pt-2 text-reading font-semibold')}>
        <dt>{t('total')}</dt>
        <dd>
          <Money value={total} />
        </dd>
      </div>
    </dl>
  );
}
