import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Badge, StatusBadge } from '@/shared/ui/badge';

import type { InvoiceListItem } from '../api/types';
import { shownState } from '../model/invoice';

/** The state of an invoice or credit note. */
export function InvoiceStatus({
  invoice,
  withNext = false,
}: {
  invoice: Pick<InvoiceListItem, 'kind' | 'state' | 'overdue' | 'paid'>;
  withNext?: boolean;
}): ReactNode {
  const { t } = useTranslation('invoices');
  const state = shownState(invoice);
  if (state === 'issued') return <Badge tone="done">{t('credit_note_issued')}</Badge>;
  return <StatusBadge noun="invoice" status={state} withNext={withNext} />;
}
