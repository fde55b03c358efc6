import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Pencil, Plus, Trash2, Warehouse } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { IconButton } from '@/shared/ui/icon-button';
import { Link } from '@/shared/ui/link';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';

import { type StockPlace, stockPlacesQuery, useOrderPlaces, useRemovePlace } from '../api/places';
import { PlaceDialog } from '../components/place-dialog';

/** Where a supplier's goods lie, in the order in which orders are served. */
export function StockPlaces(): ReactNode {
  const { t } = useTranslation('products');
  const canEdit = useCan()('stock:write');
  const query = useQuery(stockPlacesQuery);
  const { data } = query;
  // Null adds a place; a place is changed.
  const [edited, setEdited] = useState<StockPlace | null | undefined>(undefined);
  const [removed, setRemoved] = useState<StockPlace | null>(null);
  const remove = useRemovePlace();
  const adder = canEdit && (
    <Button variant="primary" icon={Plus} onClick={() => setEdited(null)}>
      {t('places.add')}
    </Button>
  );
  return (
    <PageBody>
      <PageHeader
        title={t('places.title')}
        text={t('places.text')}
        eyebrow={<Link to="/app/products">{t('list.title')}</Link>}
        actions={adder}
      />
      <Card isFlush>
        {data === undefined ? (
          <Awaiting query={query} skeleton={<SkeletonRows rows={3} />} />
        ) : data.length === 0 ? (
          <EmptyState icon={Warehouse} title={t('places.empty')} text={t('places.empty_text')} />
        ) : (
          <Places places={data} canEdit={canEdit} onEdit={setEdited} onRemove={setRemoved} />
        )}
      </Card>
      {edited !== undefined && (
        <PlaceDialog place={edited} places={data ?? []} onClose={() => setEdited(undefined)} />
      )}
      <ConfirmDialog
        isOpen={removed !== null}
        onClose={() => setRemoved(null)}
        title={t('places.remove', { name: removed?.name ?? '' })}
        text={t('places.remove_text')}
        confirmLabel={t('places.remove_button')}
        isDangerous
        onConfirm={async () => {
          if (removed === null) return;
          await remove.mutateAsync(removed);
          showDone(t('places.removed'));
        }}
      />
    </PageBody>
  );
}

interface PlacesProps {
  places: readonly StockPlace[];
  canEdit: boolean;
  onEdit: (place: StockPlace) => void;
  onRemove: (place: StockPlace) => void;
}

function Places({ places, canEdit, onEdit, onRemove }: PlacesProps): ReactNode {
  const { t } = useTranslation('products');
  const order = useOrderPlaces();
  const move = (from: number, to: number): void => {
    const next = [...places];
    next.splice(to, 0, ...next.splice(from, 1));
    order.mutate(next);
  };
  return (
    <ol className="divide-y divide-line">
      {places.map((place, index) => (
        <li key={place.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
          <span className="w-6 text-muted tabular">{index + 1}</span>
          <span className="min-w-0 flex-1 basis-40">
            <span className="block font-medium break-words">{place.name}</span>
            {place.address !== '' && (
              <span className="block text-small break-words text-muted">{place.address}</span>
            )}
          </span>
          {canEdit && (
            <span className="flex">
              <IconButton
                icon={ArrowUp}
                size="small"
                label={t('places.up', { name: place.name })}
                disabled={index === 0 || order.isPending}
                onClick={() => move(index, index - 1)}
              />
              <IconButton
                icon={ArrowDown}
                size="small"
                label={t('places.down', { name: place.name })}
                disabled={index === places.length - 1 || order.isPending}
                onClick={() => move(index, index + 1)}
              />
              <IconButton
                icon={Pencil}
                size="small"
                label={t('places.edit', { name: place.name })}
                onClick={() => onEdit(place)}
              />
              <IconButton
                icon={Trash2}
                size="small"
                label={t('places.remove', { name: place.name })}
                onClick={() => onRemove(place)}
              />
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
