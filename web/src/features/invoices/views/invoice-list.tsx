import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ReceiptText } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { ButtonLink, Link } from '@/shared/ui/link';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { statusWord } from '@/shared/ui/data-table/status-word';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { FilterBar } from '@/shared/ui/filter-bar';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { DateTime, Money } from '@/shared/ui/values';

import { invoicesQuery, readAllInvoices } from '../api/queries';
import {
  INVOICE_KINDS,
  INVOICE_STATES,
  type InvoiceListItem,
  type InvoiceSearch,
} from '../api/types';
import { InvoiceStatus } from '../components/invoice-status';
import { shownState } from '../model/invoice';

interface InvoiceListProps {
  search: InvoiceSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** The invoices and credit notes that the organisation issued and received. */
export function InvoiceList({ search, onSearch }: InvoiceListProps): ReactNode {
  const { t } = useTranslation(['invoices', 'trade', 'status']);
  const navigate = useNavigate();
  const query = useQuery(invoicesQuery(search));
  // “Overdue” is a state to people, though the server keeps it beside the state.
  const state = search.overdue === true ? 'overdue' : search.state;
  const change = (patch: SearchPatch): void => {
    if (!('state' in patch)) onSearch(patch);
    else if (patch['state'] === 'overdue') onSearch({ state: undefined, overdue: true });
    else onSearch({ ...patch, overdue: undefined });
  };
  return (
    <PageBody>
      <PageHeader title={t('title')} text={t('text')} />
      <DataTable
        id="invoices"
        label={t('title')}
        columns={useColumns()}
        query={query}
        search={search}
        onSearch={onSearch}
        rowName={(invoice) => invoice.number ?? t('draft')}
        onOpen={(invoice) =>
          void navigate({ to: '/app/invoices/$invoiceId', params: { invoiceId: invoice.id } })
        }
        readAll={() => readAllInvoices(search)}
        filters={
          <FilterBar
            q={search.q}
            onSearch={change}
            filters={[
              {
                name: 'side',
                label: t('side.label'),
                value: search.side,
                choices: [
                  { value: 'issued', label: t('side.issued') },
                  { value: 'received', label: t('side.received') },
                ],
              },
              {
                name: 'state',
                label: t('trade:state'),
                value: state,
                choices: [...INVOICE_STATES, 'overdue' as const].map((one) => ({
                  value: one,
                  label: t(`status:invoice.${one}.label`),
                })),
              },
              {
                name: 'kind',
                label: t('kind.label'),
                value: search.kind,
                choices: INVOICE_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
              },
            ]}
          />
        }
        empty={
          <EmptyState
            icon={ReceiptText}
            title={t('empty')}
            text={t('empty_text')}
            action={<ButtonLink to="/app/deals">{t('to_deals')}</ButtonLink>}
          />
        }
      />
    </PageBody>
  );
}

function useColumns(): TableColumn<InvoiceListItem>[] {
  const { t } = useTranslation(['invoices', 'trade', 'status']);
  const money = (
    id: string,
    header: string,
    value: (invoice: InvoiceListItem) => InvoiceListItem['total'],
  ): TableColumn<InvoiceListItem> => ({
    id,
    header,
    isNumeric: true,
    cell: (invoice) => <Money value={value(invoice)} />,
    text: (invoice) => value(invoice),
  });
  return [
    {
      id: 'number',
      header: t('trade:number'),
      isPrimary: true,
      isSortable: true,
      cell: (invoice) => (
        <span className="flex flex-col">
          <Link
            to="/app/invoices/$invoiceId"
            params={{ invoiceId: invoice.id }}
            className="self-start"
          >
            {invoice.number ?? t('draft')}
          </Link>
          <span className="text-small font-normal text-muted">
            {[t(`kind.${invoice.kind}`), invoice.subject_label]
              .filter((part) => part !== '')
              .join(' · ')}
          </span>
        </span>
      ),
      text: (invoice) => invoice.number,
    },
    {
      id: 'state',
      header: t('trade:state'),
      isSortable: true,
      cell: (invoice) => <InvoiceStatus invoice={invoice} />,
      text: (invoice) => {
        const state = shownState(invoice);
        return state === 'issued' ? t('credit_note_issued') : statusWord('invoice', state);
      },
    },
    {
      id: 'counterparty',
      header: t('counterparty'),
      cell: (invoice) => (
        <span className="flex flex-col">
          {(invoice.side === 'issued' ? invoice.buyer : invoice.seller).name}
          <span className="text-small text-muted">{t(`side.${invoice.side}`)}</span>
        </span>
      ),
      text: (invoice) => (invoice.side === 'issued' ? invoice.buyer : invoice.seller).name,
    },
    { ...money('total', t('trade:total'), (invoice) => invoice.total), isSortable: true },
    money('due', t('due'), (invoice) => invoice.due),
    { ...money('paid', t('paid'), (invoice) => invoice.paid), isHiddenAtFirst: true },
    {
      id: 'issue_date',
      header: t('issue_date'),
      isSortable: true,
      cell: (invoice) => <DateTime value={invoice.issue_date} />,
      text: (invoice) => ({ at: invoice.issue_date }),
    },
    {
      id: 'due_date',
      header: t('due_date'),
      isSortable: true,
      cell: (invoice) => <DateTime value={invoice.due_date} />,
      text: (invoice) => ({ at: invoice.due_date }),
    },
  ];
}
