import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { TotalsList } from '@/shared/trade/totals-list';
import { formatRate } from '@/shared/trade/words';
import { useUnits } from '@/shared/units/units';
import { Card, DescriptionList } from '@/shared/ui/page';
import { DateTime, Money } from '@/shared/ui/values';

import type { TermsView } from '../api/types';

/** A version of the terms in full: lines, totals and clauses. */
export function TermsDetails({ terms }: { terms: TermsView }): ReactNode {
  const { t } = useTranslation('trade');
  const clauses = [
    { term: t('fields.warranty'), text: terms.warranty },
    { term: t('fields.penalties'), text: terms.penalties },
    { term: t('fields.notes'), text: terms.notes },
  ].filter(({ text }) => text !== '');
  return (
    <Card isFlush>
      <TermsLines terms={terms} />
      <div className="flex justify-end border-t border-line p-4">
        <TotalsList
          className="w-full sm:w-80"
          net={terms.net}
          groups={terms.tax_groups}
          total={terms.total}
        />
      </div>
      <div className="flex flex-col gap-5 border-t border-line p-4 sm:p-5">
        <DescriptionList
          columns={3}
          items={[
            { term: t('delivery_terms'), value: terms.delivery_terms },
            { term: t('delivery_place'), value: terms.delivery_place },
            {
              term: t('fields.delivery_date'),
              value: terms.delivery_date === null ? null : <DateTime value={terms.delivery_date} />,
            },
            {
              term: t('fields.lead_time_days'),
              value:
                terms.lead_time_days === null ? null : t('days', { count: terms.lead_time_days }),
            },
            { term: t('payment_terms'), value: terms.payment_terms },
            { term: t('fields.payment_days'), value: t('days', { count: terms.payment_days }) },
            {
              term: t('sign_before'),
              value: terms.valid_until === null ? null : <DateTime value={terms.valid_until} />,
            },
          ]}
        />
        {clauses.map(({ term, text }) => (
          <div key={term}>
            <h3 className="text-small text-muted">{term}</h3>
            <p className="mt-0.5 max-w-prose text-body whitespace-pre-line">{text}</p>
          </div>
        ))}
      </div>
    </Card>
  );
}

function TermsLines({ terms }: { terms: TermsView }): ReactNode {
  const { t } = useTranslation('trade');
  const units = useUnits();
  return (
    <ol className="divide-y divide-line">
      {terms.lines.map((line, index) => (
        <li key={index} className="flex flex-wrap gap-x-4 gap-y-1 px-4 py-3 text-body">
          <span className="w-5 shrink-0 text-small text-muted tabular">{index + 1}</span>
          <p className="min-w-40 flex-1 font-medium">{line.name}</p>
          <div className="ml-auto text-right">
            <p className="font-medium">
              <Money value={line.net} />
            </p>
            <p className="text-small text-muted">
              {units.quantity(String(line.quantity), line.unit)} × <Money value={line.unit_price} />
              {' · '}
              {t('tax', { rate: formatRate(line.tax_rate) })}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
