import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Section } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { DateTime, Money } from '@/shared/ui/values';

import { priceChangesQuery } from '../api/queries';

/** Every price that the product has had, with who changed it and why. */
export function HistoryTab({ productId }: { productId: string }): ReactNode {
  const { t } = useTranslation('products');
  const query = useQuery(priceChangesQuery(productId));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<SkeletonRows />} />;
  return (
    <Section title={t('history.prices')}>
      {data.items.length === 0 ? (
        <EmptyState icon={History} title={t('history.empty')} />
      ) : (
        <ul className="divide-y divide-line">
          {data.items.map((one) => (
            <li key={one.id} className="flex flex-wrap justify-between gap-x-4 py-2">
              <span>
                {one.before !== null && (
                  <>
                    <s className="text-muted">
                      <Money value={one.before} />
                    </s>{' '}
                  </>
                )}
                <span className="font-medium">
                  <Money value={one.after} />
                </span>
                {one.reason !== '' && <span className="text-muted"> — {one.reason}</span>}
              </span>
              <span className="text-small text-muted">
                {one.actor_name} <DateTime value={one.created_at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
