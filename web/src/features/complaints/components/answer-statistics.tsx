import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';
import { Awaiting } from '@/shared/ui/awaiting';
import { Card, DescriptionList } from '@/shared/ui/page';
import { SkeletonText } from '@/shared/ui/states';

import { statisticsQuery } from '../api/queries';

/** How the organisation answers its buyers. Draws nothing while nobody has complained. */
export function AnswerStatistics(): ReactNode {
  const { t } = useTranslation('complaints');
  const query = useQuery(statisticsQuery());
  const { data } = query;
  if (data?.opened === 0) return null;
  const share = data?.in_time_share ?? null;
  return (
    <Card>
      {data === undefined && <Awaiting query={query} skeleton={<SkeletonText lines={2} />} />}
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
