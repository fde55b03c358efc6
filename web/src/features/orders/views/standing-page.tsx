import { useQuery } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameNow } from '@/shared/i18n/names';
import { useCan } from '@/shared/session/session';
import { formatQuantity } from '@/shared/units/units';
import { ActionBar } from '@/shared/ui/action-bar';
import { Awaiting } from '@/shared/ui/awaiting';
import { StatusBadge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { Link } from '@/shared/ui/link';
import { Card, DescriptionList, PageBody, PageHeader, Section } from '@/shared/ui/page';
import { PageSkeleton } from '@/shared/ui/states';
import { DateTime } from '@/shared/ui/values';

import { standingOrderQuery } from '../api/queries';
import { Outcome, Rhythm } from '../components/standing-words';
import { StandingDialog } from '../forms/standing-dialog';

/** A standing order: what it orders, when, and what became of its turns. */
export function StandingPage({ standingId }: { standingId: string }): ReactNode {
  const { t } = useTranslation('orders');
  const [isChanging, setIsChanging] = useState(false);
  const mayChange = useCan()('orders:place');
  const query = useQuery(standingOrderQuery(standingId));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  return (
    <PageBody>
      <PageHeader
        title={data.name}
        eyebrow={<Link to="/app/standing-orders">{t('standing.title')}</Link>}
        badge={<StatusBadge noun="standing_order" status={data.state} withNext />}
        text={data.supplier.name}
        actions={
          <>
            <ActionBar
              actions={data.actions}
              resourcePath={`/standing-orders/${data.id}`}
              version={data.version}
              subject={data.name}
              primary={data.state === 'paused' ? 'resume' : ''}
              staleKeys={[['standing-orders']]}
            />
            {mayChange && data.state !== 'ended' && (
              <Button icon={Pencil} onClick={() => setIsChanging(true)}>
                {t('standing.change')}
              </Button>
            )}
          </>
        }
      />
      <Card>
        <DescriptionList
          columns={3}
          items={[
            { term: t('standing.schedule'), value: <Rhythm standing={data} /> },
            { term: t('standing.time_zone'), value: data.time_zone },
            { term: t('standing.next'), value: <DateTime value={data.next_run_at} /> },
            {
              term: t('standing.ends_on'),
              value: data.ends_on && <DateTime value={data.ends_on} />,
            },
            { term: t('reference'), value: data.buyer_reference },
            { term: t('address'), value: data.delivery_address },
            { term: t('standing.in_name_of'), value: data.created_by_name },
            { term: t('note'), value: data.note },
          ]}
        />
      </Card>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Section title={t('tabs.lines')}>
          <Card isFlush>
            <ul className="divide-y divide-line">
              {data.lines.map((line) => (
                <li key={line.product_id} className="flex justify-between gap-3 px-4 py-2.5">
                  <span className="min-w-0">
                    <span className="block truncate text-body">{nameNow(line)}</span>
                    <span className="block text-small text-muted">{line.sku}</span>
                  </span>
                  <span className="tabular">{formatQuantity(line.quantity)}</span>
                </li>
              ))}
            </ul>
          </Card>
        </Section>
        <Section title={t('standing.runs')}>
          <Card isFlush>
            {data.runs.length === 0 && (
              <p className="p-4 text-body text-muted">{t('standing.no_runs')}</p>
            )}
            <ul className="divide-y divide-line">
              {data.runs.map((run) => (
                <li key={run.id} className="flex flex-col gap-1 px-4 py-2.5 text-body">
                  <span className="text-small text-muted">
                    <DateTime value={run.due_at} />
                  </span>
                  <Outcome run={run} />
                </li>
              ))}
            </ul>
          </Card>
        </Section>
      </div>
      {isChanging && (
        <StandingDialog
          source={{ ...data, supplierId: data.supplier.id }}
          standing={data}
          onClose={() => setIsChanging(false)}
        />
      )}
    </PageBody>
  );
}
