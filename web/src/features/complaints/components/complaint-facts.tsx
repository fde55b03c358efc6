import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '@/shared/ui/button';
import { Link } from '@/shared/ui/link';
import { Card, DescriptionList } from '@/shared/ui/page';
import { DateTime, Money } from '@/shared/ui/values';

import type { ComplaintView } from '../api/types';
import { AssignDialog } from './assign-dialog';

/** What a complaint is about, who deals with it, and how it ended. */
export function ComplaintFacts({ complaint }: { complaint: ComplaintView }): ReactNode {
  const { t } = useTranslation('complaints');
  const [isAssigning, setIsAssigning] = useState(false);
  const sells = complaint.side === 'seller';
  const outcome = complaint.outcome !== null && (
    <>
      {t(`outcome.${complaint.outcome}`)}
      {complaint.outcome_amount !== null && (
        <>
          {' · '}
          <Money value={complaint.outcome_amount} />
        </>
      )}
    </>
  );
  return (
    <Card className="flex flex-col gap-4">
      <DescriptionList
        columns={1}
        items={[
          {
            term: t('order'),
            value: (
              <Link to="/app/orders/$orderId" params={{ orderId: complaint.order_id }}>
                {complaint.order_number}
              </Link>
            ),
          },
          { term: t('about'), value: complaint.line_name ?? t('whole_order') },
          { term: t('kind_label'), value: t(`kind.${complaint.kind}`) },
          { term: t('wanted_label'), value: t(`wanted.${complaint.wanted}`) },
          { term: t('cost'), value: <Money value={complaint.cost} /> },
          ...(outcome === false ? [] : [{ term: t('outcome_label'), value: outcome }]),
          ...(complaint.outcome === 'credit'
            ? [{ term: t('credit_note'), value: <CreditNote complaint={complaint} /> }]
            : []),
          ...(sells
            ? [
                { term: t('assignee'), value: complaint.assignee_name },
                { term: t('manager'), value: complaint.manager_name },
              ]
            : [{ term: t('opened_by'), value: complaint.opened_by_name }]),
          { term: t('opened'), value: <DateTime value={complaint.created_at} /> },
          ...(complaint.appealed_until === null
            ? []
            : [
                { term: t('appealed_until'), value: <DateTime value={complaint.appealed_until} /> },
              ]),
        ]}
      />
      {complaint.may_assign && (
        <>
          <Button onClick={() => setIsAssigning(true)}>{t('assign.action')}</Button>
          <AssignDialog
            complaint={complaint}
            isOpen={isAssigning}
            onClose={() => setIsAssigning(false)}
          />
        </>
      )}
    </Card>
  );
}

function CreditNote({ complaint }: { complaint: ComplaintView }): ReactNode {
  const { t } = useTranslation('complaints');
  if (complaint.credit_note_id === null) return t('credit_agreed');
  return (
    <Link to="/app/invoices/$invoiceId" params={{ invoiceId: complaint.credit_note_id }}>
      {complaint.credit_note_number}
    </Link>
  );
}
