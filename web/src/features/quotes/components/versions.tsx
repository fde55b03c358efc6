import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { FieldChanges } from '@/shared/trade/field-changes';
import type { TradeRequest } from '@/shared/trade/request-query';
import { Awaiting } from '@/shared/ui/awaiting';
import { Card } from '@/shared/ui/page';
import { SkeletonRows } from '@/shared/ui/states';
import { DateTime, Money } from '@/shared/ui/values';

import { quoteVersionsQuery } from '../api/queries';
import type { QuoteVersionHistory } from '../api/types';

/** Every version of a quote, newest first, with what changed in it. */
export function Versions({
  quoteId,
  request,
}: {
  quoteId: string;
  request: TradeRequest | undefined;
}): ReactNode {
  const { t } = useTranslation('quotes');
  const query = useQuery(quoteVersionsQuery(quoteId));
  const { data } = query;
  if (data === undefined)
    return (
      <Card isFlush>
        <Awaiting query={query} skeleton={<SkeletonRows rows={3} />} />
      </Card>
    );
  const lineName = (id: string): string =>
    request?.lines.find((line) => line.id === id)?.name ?? nameIn(data, id);
  return (
    <ol className="flex flex-col gap-3">
      {data.map((version) => (
        <li key={version.number}>
          <Card className="flex flex-col gap-3">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <h3 className="text-body font-semibold">
                {t('page.version', { number: version.number })}
              </h3>
              <Money value={version.total} className="font-semibold" />
            </div>
            <p className="text-small text-muted">
              {version.submitted_by_name}, <DateTime value={version.created_at} />
            </p>
            {version.number > 1 && <FieldChanges changes={version.changes} lineName={lineName} />}
          </Card>
        </li>
      ))}
    </ol>
  );
}

function nameIn(versions: readonly QuoteVersionHistory[], lineId: string): string {
  for (const { lines } of versions) {
    const line = lines.find((one) => one.request_line_id === lineId && one.name !== '');
    if (line !== undefined) return line.name;
  }
  return '…';
}
