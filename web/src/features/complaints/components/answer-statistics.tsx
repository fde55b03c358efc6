import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';
import { Card, DescriptionList } from '@/shared/ui/page';
import { ErrorState, SkeletonText } from '@/shared/ui/states';

import { statisticsQuery } from '../api/queries';

/** How the organisation answers its buyers. Draws nothing while nobody has complained. */
export function AnswerStatistics(): ReactNode {
  const { t } = useTranslation('complaints');
  const { data, error, isPending, refetch } = useQuery(statisticsQuery());
  if (data?.opened === 0) return null;
  const share = data?.in_time_share ?? null;
  return (
    <Card>
      {isPending && <SkeletonText lines={2} />}
      {error !== null && data === undefined && (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
      {data !== undefined && (
        <section aria-label={t('statistics.title')}>
          <DescriptionList
            columns={3}
            items={[
              {
                term: t('statistics.in_time'),
                value: share === null ? null : `${formatNumber(Math.round(share * 100))} %`,
              },
              {
                term: t('statistics.opened', { days: data.days }),
                value: formatNumber(data.opened),
              },
              { term: t('statistics.overdue'), value: formatNumber(data.overdue) },
            ]}
          />
        </section>
      )}
    </Card>
  );
}
