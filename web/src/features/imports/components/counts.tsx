import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';

import type { ImportCounts } from '../api/queries';

const SHOWN = ['created', 'updated', 'unchanged', 'refused', 'ignored'] as const;

/** How many rows came to what. */
export function Counts({ report }: { report: ImportCounts }): ReactNode {
  const { t } = useTranslation('imports');
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-5">
      {SHOWN.map((name) => (
        <div key={name}>
          <dt className="text-small text-muted">{t(`counts.${name}`)}</dt>
          <dd className="text-title font-semibold tabular">{formatNumber(report[name] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}
