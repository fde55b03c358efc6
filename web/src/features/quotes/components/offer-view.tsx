import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { TradeRequest } from '@/shared/trade/request-query';
import { offerTotals } from '@/shared/trade/totals';
import { TotalsList } from '@/shared/trade/totals-list';
import { formatRate } from '@/shared/trade/words';
import { useUnits } from '@/shared/units/units';
import { Badge } from '@/shared/ui/badge';
import { FileList } from '@/shared/ui/file-list';
import { Card, DescriptionList, Section } from '@/shared/ui/page';
import { DateTime, Money } from '@/shared/ui/values';

import type { QuoteVersion } from '../api/types';

interface OfferViewProps {
  offer: QuoteVersion;
  /** The request that it answers, where the reader may see it: it names what was asked for. */
  request: TradeRequest | undefined;
}

/** What a version of a quote says. */
export function OfferView({ offer, request }: OfferViewProps): ReactNode {
  const { t } = useTranslation(['quotes', 'trade']);
  const groups = offerTotals(
    offer.lines.filter(({ kind }) => kind !== 'not_available'),
    offer.currency,
    offer.delivery,
  ).groups;
  return (
    <>
      <Section title={t('page.lines')}>
        <Card isFlush>
          <OfferLines offer={offer} request={request} />
          <div className="flex justify-end border-t border-line p-4">
            <TotalsList
              className="w-full sm:w-80"
              net={offer.net}
              groups={groups}
              total={offer.total}
              delivery={offer.delivery}
            />
          </div>
        </Card>
      </Section>
      <Section title={t('editor.terms')}>
        <Card className="flex flex-col gap-5">
          <DescriptionList
            columns={3}
            items={[
              {
                term: t('editor.lead_time_days'),
                value: t('trade:days', { count: offer.lead_time_days }),
              },
              {
                term: t('editor.payment_days'),
                value: t('trade:days', { count: offer.payment_days }),
              },
              { term: t('trade:valid_until'), value: <DateTime value={offer.valid_until} /> },
              { term: t('trade:delivery_terms'), value: offer.delivery_terms },
              { term: t('trade:payment_terms'), value: offer.payment_terms },
              { term: t('page.submitted_by'), value: offer.submitted_by_name },
            ]}
          />
          {offer.note !== '' && <p className="text-body whitespace-pre-line">{offer.note}</p>}
          {offer.attachments.length > 0 && <FileList files={offer.attachments} />}
        </Card>
      </Section>
    </>
  );
}

function OfferLines({ offer, request }: OfferViewProps): ReactNode {
  const { t } = useTranslation(['quotes', 'trade']);
  const units = useUnits();
  return (
    <ol className="divide-y divide-line">
      {offer.lines.map((line) => {
        const asked = request?.lines.find(({ id }) => id === line.request_line_id);
        const isOut = line.kind === 'not_available';
        return (
          <li key={line.id} className="flex flex-wrap gap-x-4 gap-y-1 px-4 py-3 text-body">
            <span className="w-5 shrink-0 text-small text-muted tabular">{line.position}</span>
            <div className="min-w-40 flex-1">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {line.kind === 'alternative' ? line.name : (asked?.name ?? line.name)}
                {line.kind !== 'offered' && (
                  <Badge tone={isOut ? 'stopped' : 'waiting'}>
                    {t(`trade:kinds.${line.kind}`)}
                  </Badge>
                )}
              </p>
              {line.kind === 'alternative' && asked !== undefined && (
                <p className="text-small text-muted">
                  {t('page.instead_of', { name: asked.name })}
                </p>
              )}
              {line.comment !== '' && (
                <p className="text-small whitespace-pre-line text-muted">{line.comment}</p>
              )}
            </div>
            {!isOut && (
              <div className="ml-auto text-right">
                <p className="font-medium">
                  <Money value={line.net} />
                </p>
                <p className="text-small text-muted">
                  {units.quantity(line.quantity, line.unit)} × <Money value={line.unit_price} />
                  {' · '}
                  {t('trade:tax', { rate: formatRate(line.tax_rate) })}
                  {line.lead_time_days !== null &&
                    ` · ${t('trade:days', { count: line.lead_time_days })}`}
                </p>
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
