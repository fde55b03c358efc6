import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Boxes, Columns3, ListPlus, Rows3 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan, useSession } from '@/shared/session/session';
import { Badge, StatusBadge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { statusWord } from '@/shared/ui/data-table/status-word';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { FilterBar } from '@/shared/ui/filter-bar';
import { ButtonLink, Link } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { DateTime, Money, RelativeTime } from '@/shared/ui/values';

import { ordersQuery, readAllOrders } from '../api/queries';
import { ORDER_STATES, type OrderListItem, type OrderSearch } from '../api/types';
import { OrderBoard } from '../components/order-board';

interface OrderListProps {
  search: OrderSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** The organisation's orders on both sides, as a list or as a board by state. */
export function OrderList({ search, onSearch }: OrderListProps): ReactNode {
  const { t } = useTranslation(['orders', 'trade', 'status']);
  const can = useCan();
  const isBoard = search.view === 'board';
  const sells = useSession()?.organisation.sells === true;
  const filters = [
    {
      name: 'side',
      label: t('side.label'),
      value: search.side,
      choices: [
        { value: 'buyer', label: t('side.buyer') },
        { value: 'seller', label: t('side.seller') },
      ],
    },
    {
      name: 'state',
      label: t('trade:state'),
      value: search.state,
      choices: ORDER_STATES.map((state) => ({
        value: state,
        label: t(`status:order.${state}.label`),
      })),
    },
  ];
  const bar = (
    <FilterBar
      q={search.q}
      onSearch={onSearch}
      filters={isBoard ? filters.filter(({ name }) => name === 'side') : filters}
    />
  );
  const Icon = isBoard ? Rows3 : Columns3;
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          <>
            <Button onClick={() => onSearch({ view: isBoard ? undefined : 'board' })}>
              <Icon aria-hidden className="size-4" />
              {t(isBoard ? 'view.list' : 'view.board')}
            </Button>
            {can('cart:write') && (
              <ButtonLink to="/app/cart/quick" variant="primary">
                <ListPlus aria-hidden className="size-4" />
                {t('quick.title')}
              </ButtonLink>
            )}
          </>
        }
      />
      {isBoard ? (
        <>
          {bar}
          <OrderBoard side={search.side ?? (sells ? 'seller' : 'buyer')} q={search.q} />
        </>
      ) : (
        <Table search={search} onSearch={onSearch} filters={bar} />
      )}
    </PageBody>
  );
}

function Table({ search, onSearch, filters }: OrderListProps & { filters: ReactNode }): ReactNode {
  const { t } = useTranslation('orders');
  const navigate = useNavigate();
  return (
    <DataTable
      id="orders"
      label={t('title')}
      columns={useColumns()}
      query={useQuery(ordersQuery(search))}
      search={search}
      onSearch={onSearch}
      rowName={(order) => order.number}
      onOpen={(order) =>
        void navigate({ to: '/app/orders/$orderId', params: { orderId: order.id } })
      }
      readAll={() => readAllOrders(search)}
      filters={filters}
      empty={<EmptyState icon={Boxes} title={t('empty')} text={t('empty_text')} />}
    />
  );
}

function useColumns(): TableColumn<OrderListItem>[] {
  const { t } = useTranslation(['orders', 'trade']);
  return [
    {
      id: 'number',
      header: t('trade:number'),
      isPrimary: true,
      isSortable: true,
      cell: (order) => (
        <span className="flex min-w-0 flex-col">
          <Link to="/app/orders/$orderId" params={{ orderId: order.id }} className="self-start">
            {order.number}
          </Link>
          <span className="max-w-72 truncate text-small font-normal text-muted">
            {order.excerpt}
          </span>
        </span>
      ),
      text: (order) => order.number,
    },
    {
      id: 'state',
      header: t('trade:state'),
      isSortable: true,
      cell: (order) => (
        <span className="inline-flex flex-wrap gap-1.5">
          <StatusBadge noun="order" status={order.state} />
          {order.cancel_asked_at !== null && order.state === 'processing' && (
            <Badge tone="stopped">{t('cancel_asked')}</Badge>
          )}
          {order.paid_at !== null && <Badge tone="done">{t('paid')}</Badge>}
        </span>
      ),
      text: (order) => statusWord('order', order.state),
    },
    {
      id: 'partner',
      header: t('partner'),
      cell: (order) => (
        <span className="flex flex-col">
          {(order.side === 'buyer' ? order.seller : order.buyer).name}
          <span className="text-small text-muted">
            {t(order.side === 'buyer' ? 'seller' : 'buyer')}
          </span>
        </span>
      ),
      text: (order) => (order.side === 'buyer' ? order.seller : order.buyer).name,
    },
    {
      id: 'total',
      header: t('trade:total'),
      isNumeric: true,
      isSortable: true,
      cell: (order) => <Money value={order.total} />,
      text: (order) => order.total,
    },
    {
      id: 'created_at',
      header: t('placed'),
      isSortable: true,
      cell: (order) => <RelativeTime value={order.created_at} />,
      text: (order) => ({ at: order.created_at }),
    },
    {
      id: 'wanted_on',
      header: t('wanted_on'),
      isSortable: true,
      isHiddenAtFirst: true,
      cell: (order) => <DateTime value={order.wanted_on} />,
      text: (order) => ({ at: order.wanted_on }),
    },
  ];
}
