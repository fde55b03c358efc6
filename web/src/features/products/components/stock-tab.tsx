import { useQuery } from '@tanstack/react-query';
import { Boxes } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useUnits } from '@/shared/units/units';
import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { ButtonLink } from '@/shared/ui/link';
import { Section } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { DateTime } from '@/shared/ui/values';

import { movementsQuery, stockQuery } from '../api/queries';
import type { ProductView, StockView } from '../api/types';
import { StockDialog } from './stock-dialog';

/** What lies where, and how it came to that. */
export function StockTab({
  product,
  canEdit,
}: {
  product: ProductView;
  canEdit: boolean;
}): ReactNode {
  const { t } = useTranslation('products');
  const units = useUnits();
  const [isOpen, setIsOpen] = useState(false);
  const query = useQuery(stockQuery(product.id));
  const { data: stock } = query;
  const { data: feed } = useQuery(movementsQuery(product.id));
  if (stock === undefined) return <Awaiting query={query} skeleton={<SkeletonRows />} />;
  return (
    <div className="flex flex-col gap-6">
      <Section
        title={t('tabs.stock')}
        text={product.has_variants ? t('stock.of_family') : undefined}
        actions={
          <>
            <ButtonLink to="/app/products/stock-places" variant="quiet">
              {t('places.title')}
            </ButtonLink>
            {canEdit && !product.has_variants && (
              <Button onClick={() => setIsOpen(true)}>{t('stock.change')}</Button>
            )}
          </>
        }
      >
        {stock.levels.length === 0 ? (
          <EmptyState icon={Boxes} title={t('stock.empty')} text={t('stock.empty_text')} />
        ) : (
          <Levels stock={stock} />
        )}
      </Section>
      {feed !== undefined && feed.items.length > 0 && (
        <Section title={t('stock.movements')}>
          <ul className="divide-y divide-line">
            {feed.items.map((one) => (
              <li key={one.sequence} className="flex flex-wrap justify-between gap-x-4 py-2">
                <span>
                  {t(`movement.${one.kind}`)}{' '}
                  <span className="font-medium tabular">
                    {units.quantity(one.quantity, product.unit)}
                  </span>
                  {one.reason !== '' && <span className="text-muted"> — {one.reason}</span>}
                </span>
                <span className="text-small text-muted">
                  {[one.location_name, one.actor_name].filter(Boolean).join(', ')}{' '}
                  <DateTime value={one.created_at} />
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {isOpen && <StockDialog product={product} onClose={() => setIsOpen(false)} />}
    </div>
  );
}

function Levels({ stock }: { stock: StockView }): ReactNode {
  const { t } = useTranslation('products');
  const units = useUnits();
  const rows = stock.levels.map((level) => ({
    id: level.location.id,
    name: level.location.name,
    amounts: [level.on_hand, level.allocated, level.available],
  }));
  return (
    <table className="w-full text-left text-body">
      <thead className="text-small text-muted">
        <tr>
          <th className="py-1.5 pr-3 font-normal">{t('stock.place')}</th>
          {(['on_hand', 'reserved', 'free'] as const).map((name) => (
            <th key={name} className="py-1.5 pl-3 text-right font-normal">
              {t(`stock.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, amounts }) => (
          <tr key={id} className="border-t border-line">
            <th scope="row" className="py-2 pr-3 font-medium break-words">
              {name}
            </th>
            {amounts.map((amount, at) => (
              <td key={at} className="py-2 pl-3 text-right whitespace-nowrap tabular">
                {units.quantity(amount, stock.unit)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
