import { Check, Clock, Download, ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '@/shared/ui/button';
import { StatusBadge } from '@/shared/ui/badge';
import { Link } from '@/shared/ui/link';
import { Card } from '@/shared/ui/page';
import { DateTime, Money } from '@/shared/ui/values';

import type { DealView } from '../api/types';
import { Fingerprint } from './sign-dialog';

const UNSIGNED_STATES = new Set(['negotiation', 'cancelled']);

/** Both sides and their signatures under the present terms, and the contract as a file. */
export function ContractCard({ deal }: { deal: DealView }): ReactNode {
  const { t } = useTranslation(['deals', 'trade', 'common']);
  const isDraft = !deal.contract.signed;
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="text-body font-semibold">{t('contract.title')}</h2>
      <ul className="grid gap-3 sm:grid-cols-[repeat(auto-fit,minmax(14rem,1fr))]">
        {(['buyer', 'vendor'] as const).map((side) => (
          <Signature key={side} deal={deal} side={side} />
        ))}
      </ul>
      {deal.contract.sha256 !== null && <Fingerprint hash={deal.contract.sha256} />}
      <div className="flex flex-wrap gap-2">
        <Button asChild size="small">
          <a href={deal.contract.url} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden className="size-4" />
            {t(isDraft ? 'contract.preview' : 'contract.open')}
          </a>
        </Button>
        <Button asChild size="small">
          <a href={deal.contract.url} download={`${deal.number}.pdf`}>
            <Download aria-hidden className="size-4" />
            {t('contract.download')}
          </a>
        </Button>
      </div>
    </Card>
  );
}

function Signature({ deal, side }: { deal: DealView; side: 'buyer' | 'vendor' }): ReactNode {
  const { t } = useTranslation(['deals', 'trade', 'common']);
  const found = deal.signatures.find(
    (one) => one.side === side && one.terms_number === deal.terms_number,
  );
  const Icon = found === undefined ? Clock : Check;
  return (
    <li className="flex gap-3 text-body">
      <Icon
        aria-hidden
        className={found === undefined ? 'mt-0.5 size-4 text-muted' : 'mt-0.5 size-4 text-done'}
      />
      <div className="min-w-0">
        <p className="font-medium">{deal[side].name}</p>
        <p className="text-small text-muted">
          {t(`trade:${side}`)}
          {' · '}
          {found === undefined ? (
            t(UNSIGNED_STATES.has(deal.state) ? 'contract.not_signed' : 'contract.signed')
          ) : (
            <>
              {found.signed_by_name}, <DateTime value={found.signed_at} />
            </>
          )}
        </p>
      </div>
    </li>
  );
}

/** The invoice of the deal: what is due, by when, and what has been paid. */
export function InvoiceCard({ deal }: { deal: DealView }): ReactNode {
  const { t } = useTranslation(['deals', 'trade']);
  const { invoice } = deal;
  if (invoice === null) return null;
  const status =
    invoice.state === 'sent' && invoice.overdue
      ? 'overdue'
      : invoice.state === 'sent' && invoice.paid.amount > 0
        ? 'partly_paid'
        : invoice.state;
  return (
    <Card className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-body font-semibold">{t('invoice.card')}</h2>
        <StatusBadge noun="invoice" status={status} />
      </div>
      <Link
        to="/app/invoices/$invoiceId"
        params={{ invoiceId: invoice.id }}
        className="self-start text-body"
      >
        {invoice.number ?? t('invoice.draft')}
      </Link>
      <p className="text-title font-semibold">
        <Money value={invoice.total} />
      </p>
      <p className="text-small text-muted">
        {invoice.state === 'paid' ? (
          <>
            {t('invoice.paid_at')} <DateTime value={invoice.paid_at} />
          </>
        ) : (
          <>
            {t('invoice.due')} <DateTime value={invoice.due_date} />
          </>
        )}
      </p>
    </Card>
  );
}
