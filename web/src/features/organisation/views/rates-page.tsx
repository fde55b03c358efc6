import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight, Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { IconButton } from '@/shared/ui/icon-button';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { formatQuantity } from '@/shared/units/units';
import { DateTime } from '@/shared/ui/values';

import { type Rate, ratesQuery, useRemoveRate } from '../api/queries';
import { RateDialog } from '../forms/rate-dialog';

/** The exchange rates by which quotes in several currencies are compared. */
export function RatesPage(): ReactNode {
  const { t } = useTranslation('settings');
  const mayWrite = useCan()('exchange-rates:write');
  const [isEntering, setIsEntering] = useState(false);
  const query = useQuery(ratesQuery);
  const { data } = query;
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => setIsEntering(true)}>
      {t('rates.add')}
    </Button>
  );
  return (
    <PageBody>
      <PageHeader
        title={t('rates.title')}
        text={t('rates.text')}
        actions={mayWrite && data !== undefined && data.length > 0 ? add : undefined}
      />
      <Card isFlush>
        {data === undefined ? (
          <Awaiting query={query} skeleton={<SkeletonRows rows={5} />} />
        ) : data.length === 0 ? (
          <EmptyState
            icon={ArrowLeftRight}
            title={t('rates.empty')}
            text={t('rates.empty_text')}
            action={mayWrite ? add : undefined}
          />
        ) : (
          <ul className="divide-y divide-line">
            {data.map((rate) => (
              <RateRow key={`${rate.base}/${rate.quote}`} rate={rate} />
            ))}
          </ul>
        )}
      </Card>
      <RateDialog isOpen={isEntering} onClose={() => setIsEntering(false)} />
    </PageBody>
  );
}

function RateRow({ rate }: { rate: Rate }): ReactNode {
  const { t } = useTranslation('settings');
  const mayWrite = useCan()('exchange-rates:write');
  const remove = useRemoveRate();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-3">
      <span className="text-reading font-medium tabular">
        1 {rate.base} = {formatQuantity(rate.rate)} {rate.quote}
      </span>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-muted">
        {rate.source !== '' && <span>{rate.source}</span>}
        <span>
          {t('rates.since')} <DateTime value={rate.effective_on} isDay />
        </span>
        <Badge tone={rate.own ? 'open' : 'draft'}>
          {rate.own ? t('rates.own') : t('rates.platform')}
        </Badge>
        {mayWrite && rate.own && (
          <IconButton icon={Trash2} label={t('rates.remove')} onClick={() => setIsAsking(true)} />
        )}
      </span>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onConfirm={async () => {
          await remove(rate);
          showDone(t('rates.removed'));
        }}
        title={t('rates.remove_title', {
          base: rate.base,
          quote: rate.quote,
          rate: formatQuantity(rate.rate),
        })}
        text={t('rates.remove_text')}
        confirmLabel={t('rates.remove_confirm')}
        isDangerous
      />
    </li>
  );
}
