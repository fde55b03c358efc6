import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';
import { classes } from '@/shared/ui/classes';

import type { Distribution, ReviewPage } from '../api/queries';
import { StarRow } from './star-row';

const ROWS: readonly [number, keyof Distribution][] = [
  [5, 'five'],
  [4, 'four'],
  [3, 'three'],
  [2, 'two'],
  [1, 'one'],
];

interface RatingSummaryProps {
  summary: ReviewPage['summary'];
  chosen: number | null;
  onChoose: (rating: number | null) => void;
}

/** The average, and how many have how many stars; a row narrows the list to it. */
export function RatingSummary({ summary, chosen, onChoose }: RatingSummaryProps): ReactNode {
  const { t } = useTranslation('reviews');
  const { average, count, distribution } = summary;
  return (
    <div className="flex flex-wrap items-center gap-x-8 gap-y-4">
      <div className="flex flex-col gap-1">
        <p className="text-title font-semibold tabular">
          {formatNumber(average ?? 0, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}
        </p>
        <StarRow rating={Math.round(average ?? 0)} />
        <p className="text-small text-muted">{t('count', { count })}</p>
      </div>
      <ul className="min-w-52 flex-1">
        {ROWS.map(([stars, name]) => (
          <li key={stars}>
            <button
              type="button"
              aria-pressed={chosen === stars}
              aria-label={t('only', {
                stars: t('stars', { count: stars }),
                count: distribution[name],
              })}
              disabled={distribution[name] === 0}
              onClick={() => onChoose(chosen === stars ? null : stars)}
              className={classes(
                'flex w-full items-center gap-3 rounded-base px-2 py-1 text-small tabular enabled:hover:bg-hover',
                chosen === stars && 'bg-hover font-medium',
              )}
            >
              <span aria-hidden className="w-3 text-right">
                {stars}
              </span>
              <span aria-hidden className="h-2 flex-1 overflow-hidden rounded-base bg-sunken">
                <span
                  className="block h-full bg-accent"
                  style={{ width: `${String((100 * distribution[name]) / Math.max(count, 1))}%` }}
                />
              </span>
              <span aria-hidden className="w-8 text-right text-muted">
                {formatNumber(distribution[name])}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
