import { Star } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';

/** What buyers gave on average, and how many they were. */
export function Stars({ mean, count }: { mean: number; count: number }): ReactNode {
  const { t } = useTranslation('catalogue');
  const shown = formatNumber(mean, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <span className="inline-flex items-center gap-1 text-small whitespace-nowrap tabular">
      <Star aria-hidden className="size-3.5 fill-current text-waiting" />
      <span className="sr-only">{t('rating', { mean: shown })}, </span>
      <span aria-hidden className="font-medium">
        {shown}
      </span>
      <span className="text-muted">
        <span aria-hidden>({formatNumber(count)})</span>
        <span className="sr-only">{t('ratings', { count })}</span>
      </span>
    </span>
  );
}
