import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameNow } from '@/shared/i18n/names';
import { formatQuantity, useUnits } from '@/shared/units/units';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Input, Select } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useChangeStock } from '../api/mutations';
import { stockQuery } from '../api/queries';

interface StockDialogProps {
  product: { id: string; name: string; unit: string };
  onClose: () => void;
}

/** Notes goods that have arrived, or what was counted, with the reason. */
export function StockDialog({ product, onClose }: StockDialogProps): ReactNode {
  const { t } = useTranslation(['products', 'ui']);
  const units = useUnits();
  const { data: stock } = useQuery(stockQuery(product.id));
  const change = useChangeStock(product.id);
  const [kind, setKind] = useState<'receive' | 'adjust'>('receive');
  const [quantity, setQuantity] = useState('');
  const [place, setPlace] = useState('');
  const [reason, setReason] = useState('');
  const level = stock?.levels.find((one) => one.location.id === place) ?? stock?.levels[0];
  const isComplete = /^\d+([.,]\d{1,3})?$/.test(quantity) && (kind === 'receive' || reason !== '');
  const save = async (): Promise<void> => {
    try {
      await change.mutateAsync({
        kind,
        quantity: quantity.replace(',', '.'),
        reason,
        location_id: level?.location.id ?? null,
        ...(kind === 'adjust' && level !== undefined ? { version: level.version } : {}),
      });
      showDone(t('stock.saved'));
      onClose();
    } catch {
      // The mutation has told what went wrong; what was typed stays.
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('stock.title', { name: nameNow(product) })}
      text={
        stock === undefined
          ? undefined
          : t('stock.now', {
              on_hand: units.quantity(stock.on_hand, product.unit),
              allocated: formatQuantity(stock.allocated),
            })
      }
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={!isComplete}
            isPending={change.isPending}
            onClick={() => void save()}
          >
            {t(`stock.${kind}`)}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) void save();
        }}
      >
        <Field label={t('stock.kind')} isRequired>
          <Select
            value={kind}
            onChange={(event) => setKind(event.target.value === 'adjust' ? 'adjust' : 'receive')}
            choices={(['receive', 'adjust'] as const).map((value) => ({
              value,
              label: t(`stock.${value}`),
            }))}
          />
        </Field>
        {stock !== undefined && stock.levels.length > 1 && (
          <Field label={t('stock.place')} isRequired>
            <Select
              value={level?.location.id ?? ''}
              onChange={(event) => setPlace(event.target.value)}
              choices={stock.levels.map(({ location }) => ({
                value: location.id,
                label: location.name,
              }))}
            />
          </Field>
        )}
        <Field
          label={t(kind === 'receive' ? 'stock.arrived' : 'stock.counted')}
          isRequired
          hint={units.name(product.unit)}
        >
          <Input
            inputMode="decimal"
            autoComplete="off"
            value={quantity}
            onChange={(event) => setQuantity(event.target.value)}
          />
        </Field>
        <Field label={t('stock.reason')} isRequired={kind === 'adjust'}>
          <Input
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
