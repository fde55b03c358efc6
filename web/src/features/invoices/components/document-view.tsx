import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { TotalsList } from '@/shared/trade/totals-list';
import { formatRate } from '@/shared/trade/words';
import { useUnits } from '@/shared/units/units';
import { Link } from '@/shared/ui/link';
import { Card, DescriptionList } from '@/shared/ui/page';
import { DateTime, Money } from '@/shared/ui/values';

import type { InvoiceDetails } from '../api/types';

/** The document as on paper: parties, dates, lines, tax and total. */
export function DocumentView({ invoice }: { invoice: InvoiceDetails }): ReactNode {
  const { t } = useTranslation(['invoices', 'trade']);
  return (
    <Card isFlush>
      <div className="grid gap-x-8 gap-y-5 p-4 sm:p-6 md:grid-cols-2">
        <Party label={t('seller')} name={invoice.seller.name} />
        <Party label={t('trade:buyer')} name={invoice.buyer.name} />
      </div>
      <div className="border-t border-line p-4 sm:p-6">
        <DescriptionList
          columns={3}
          items={[
            { term: t('issue_date'), value: <DateTime value={invoice.issue_date} /> },
            ...(invoice.kind === 'invoice'
              ? [{ term: t('due_date'), value: <DateTime value={invoice.due_date} /> }]
              : []),
            { term: t('subject'), value: <Subject invoice={invoice} /> },
            { term: t('trade:payment_terms'), value: invoice.payment_terms },
            { term: t('buyer_reference'), value: invoice.buyer_reference },
            ...(invoice.corrects === null
              ? []
              : [
                  {
                    term: t('corrects'),
                    value: (
                      <Link
                        to="/app/invoices/$invoiceId"
                        params={{ invoiceId: invoice.corrects.id }}
                      >
                        {invoice.corrects.number ?? '…'}
                      </Link>
                    ),
                  },
                ]),
          ]}
        />
        {invoice.correction_reason !== null && invoice.correction_reason !== '' && (
          <p className="mt-4 text-body">
            <span className="text-muted">{t('reason')}</span> {invoice.correction_reason}
          </p>
        )}
      </div>
      <Lines invoice={invoice} />
      <div className="flex justify-end border-t border-line p-4 sm:p-6">
        <TotalsList
          className="w-full sm:w-80"
          net={invoice.net}
          groups={invoice.tax_groups}
          total={invoice.total}
        />
      </div>
      {invoice.notes !== '' && (
        <p className="border-t border-line p-4 text-body whitespace-pre-line sm:p-6">
          {invoice.notes}
        </p>
      )}
    </Card>
  );
}

function Party({ label, name }: { label: string; name: string }): ReactNode {
  return (
    <div>
      <p className="text-small text-muted">{label}</p>
      <p className="text-reading font-semibold">{name}</p>
    </div>
  );
}

function Subject({ invoice }: { invoice: InvoiceDetails }): ReactNode {
  if (invoice.subject_type !== 'deal' || invoice.subject_id === null) {
    return invoice.subject_label === '' ? '—' : invoice.subject_label;
  }
  return (
    <Link to="/app/deals/$dealId" params={{ dealId: invoice.subject_id }}>
      {invoice.subject_label}
    </Link>
  );
}

function Lines({ invoice }: { invoice: InvoiceDetails }): ReactNode {
  const { t } = useTranslation(['invoices', 'trade']);
  const units = useUnits();
  return (
    <ol aria-label={t('lines')} className="divide-y divide-line border-t border-line">
      {invoice.lines.map((line, index) => (
        <li key={line.id} className="flex flex-wrap gap-x-4 gap-y-1 px-4 py-3 text-body sm:px-6">
          <span className="w-5 shrink-0 text-small text-muted tabular">{index + 1}</span>
          <div className="min-w-40 flex-1">
            <p className="font-medium">{line.name}</p>
            {line.description !== '' && (
              <p className="text-small whitespace-pre-line text-muted">{line.description}</p>
            )}
            {line.credited.amount > 0 && (
              <p className="text-small text-waiting">
                {t('credited')} <Money value={line.credited} />
              </p>
            )}
          </div>
          <div className="ml-auto text-right">
            <p className="font-medium">
              <Money value={line.net} />
            </p>
            <p className="text-small text-muted">
              {units.quantity(String(line.quantity), line.unit)} × <Money value={line.unit_price} />
              {' · '}
              {t('trade:tax', { rate: formatRate(line.tax_rate) })}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
