import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { ActionBar } from '@/shared/ui/action-bar';
import { Awaiting } from '@/shared/ui/awaiting';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Link } from '@/shared/ui/link';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { ProgressBar } from '@/shared/ui/progress';
import { PageSkeleton } from '@/shared/ui/states';
import { DateTime, Money } from '@/shared/ui/values';

import { invoiceQuery } from '../api/queries';
import type { InvoiceDetails } from '../api/types';
import { CreditDialog } from '../components/credit-dialog';
import { DocumentView } from '../components/document-view';
import { DraftDialog } from '../components/draft-dialog';
import { ExchangeFile } from '../components/exchange-file';
import { InvoiceStatus } from '../components/invoice-status';
import { PaymentDialog } from '../components/payment-dialog';
import { takesChanges, takesCredit, takesPayment } from '../model/invoice';

/** An invoice or a credit note: the document, what was paid, what corrects it, and its files. */
export function InvoicePage({ invoiceId }: { invoiceId: string }): ReactNode {
  const query = useQuery(invoiceQuery(invoiceId));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  return <Loaded invoice={data} />;
}

function Loaded({ invoice }: { invoice: InvoiceDetails }): ReactNode {
  const { t } = useTranslation('invoices');
  const can = useCan();
  const [open, setOpen] = useState<'payment' | 'credit' | 'draft' | null>(null);
  const canPay = takesPayment(invoice) && can('payments:record');
  const canEdit = takesChanges(invoice) && can('invoices:write');
  const canCredit = takesCredit(invoice) && can('invoices:write');
  const name = invoice.number ?? t('draft');
  return (
    <PageBody>
      <PageHeader
        title={name}
        eyebrow={<Link to="/app/invoices">{t('title')}</Link>}
        badge={<InvoiceStatus invoice={invoice} withNext />}
        text={`${t(`kind.${invoice.kind}`)} · ${t(`side.${invoice.side}`)}`}
        actions={
          <>
            {canEdit && <Button onClick={() => setOpen('draft')}>{t('edit.action')}</Button>}
            {canCredit && <Button onClick={() => setOpen('credit')}>{t('credit.action')}</Button>}
            <ActionBar
              actions={invoice.actions}
              resourcePath={`/invoices/${invoice.id}`}
              version={invoice.version}
              subject={name}
              primary="send"
              staleKeys={[['invoices'], ['deals']]}
            />
            {canPay && (
              <Button variant="primary" onClick={() => setOpen('payment')}>
                {t('payment.action')}
              </Button>
            )}
          </>
        }
      />
      {invoice.overdue && (
        <Banner tone="stopped">
          {t('overdue')} <DateTime value={invoice.due_date} />
        </Banner>
      )}
      {invoice.refund_due.amount > 0 && (
        <Banner tone="waiting">
          {t('refund_due')} <Money value={invoice.refund_due} />
        </Banner>
      )}
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <DocumentView invoice={invoice} />
        <div className="flex flex-col gap-4">
          <FilesCard invoice={invoice} />
          {invoice.kind === 'invoice' && (invoice.state === 'sent' || invoice.state === 'paid') && (
            <PaymentsCard invoice={invoice} />
          )}
          <CreditNotesCard invoice={invoice} />
        </div>
      </div>
      <DraftDialog invoice={invoice} isOpen={open === 'draft'} onClose={() => setOpen(null)} />
      <PaymentDialog invoice={invoice} isOpen={open === 'payment'} onClose={() => setOpen(null)} />
      <CreditDialog invoice={invoice} isOpen={open === 'credit'} onClose={() => setOpen(null)} />
    </PageBody>
  );
}

function FilesCard({ invoice }: { invoice: InvoiceDetails }): ReactNode {
  const { t } = useTranslation('invoices');
  return (
    <Card className="flex flex-col gap-3">
      <h2 className="text-body font-semibold">{t('files.title')}</h2>
      <div className="flex flex-wrap gap-2">
        <Button asChild>
          <a href={invoice.pdf_url} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden className="size-4" />
            {t('files.pdf')}
          </a>
        </Button>
        <ExchangeFile invoice={invoice} />
      </div>
      <p className="text-small text-muted">{t('files.text')}</p>
    </Card>
  );
}

function PaymentsCard({ invoice }: { invoice: InvoiceDetails }): ReactNode {
  const { t } = useTranslation(['invoices', 'trade']);
  const { total, paid, payments } = invoice;
  return (
    <Card className="flex flex-col gap-3">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="text-body font-semibold">{t('payments')}</h2>
        <span className="text-small text-muted">
          {t('due')} <Money value={invoice.due} className="font-medium text-ink" />
        </span>
      </div>
      <ProgressBar label={t('paid')} value={total.amount === 0 ? 1 : paid.amount / total.amount} />
      {payments.length === 0 ? (
        <p className="text-body text-muted">{t('no_payments')}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {payments.map((payment) => (
            <li key={payment.id} className="py-2 text-body first:pt-0 last:pb-0">
              <p className="flex justify-between gap-3">
                <Money value={payment.amount} className="font-medium" />
                <DateTime value={payment.paid_on} />
              </p>
              <p className="text-small text-muted">
                {[
                  t(`trade:payment.methods.${payment.method as 'other'}`),
                  payment.reference,
                  payment.recorded_by_name,
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function CreditNotesCard({ invoice }: { invoice: InvoiceDetails }): ReactNode {
  const { t } = useTranslation('invoices');
  if (invoice.credit_notes.length === 0) return null;
  return (
    <Card className="flex flex-col gap-3">
      <h2 className="text-body font-semibold">{t('credit_notes')}</h2>
      <ul className="flex flex-col divide-y divide-line">
        {invoice.credit_notes.map((note) => (
          <li
            key={note.id}
            className="flex justify-between gap-3 py-2 text-body first:pt-0 last:pb-0"
          >
            <Link to="/app/invoices/$invoiceId" params={{ invoiceId: note.id }}>
              {note.number ?? t('draft')}
            </Link>
            <Money value={note.total} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
