import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';

import type { ImportCounts } from '../api/queries';

const ALWAYS = ['created', 'updated', 'unchanged', 'refused', 'ignored'] as const;

/** How many rows came to what; rows with warnings are among those that are accepted. */
export function Counts({ report }: { report: ImportCounts }): ReactNode {
  const { t } = useTranslation('imports');
  const shown = (report.warned ?? 0) > 0 ? ([...ALWAYS, 'warned'] as const) : ALWAYS;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:flex sm:flex-wrap sm:justify-between">
      {shown.map((name) => (
        <div key={name}>
          <dt className="text-small text-muted">{t(`counts.${name}`)}</dt>
          <dd className="text-title font-semibold tabular">{formatNumber(report[name] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}
