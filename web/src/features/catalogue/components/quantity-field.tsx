import { Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import { formatQuantity, useUnits } from '@/shared/units/units';
import { classes } from '@/shared/ui/classes';
import { IconButton } from '@/shared/ui/icon-button';

import { type Packing, quantityProblem, smallestOrder, stepped } from '../model/quantity';

interface QuantityFieldProps {
  value: string;
  onChange: (value: string) => void;
  packing: Packing;
  unit: string;
  /** What is counted, for those who do not see it beside the field. */
  name: string;
  isSmall?: boolean;
}

/** How much is wanted, from pack to pack; arrow keys step too. */
export function QuantityField({
  value,
  onChange,
  packing,
  unit,
  name,
  isSmall = false,
}: QuantityFieldProps): ReactNode {
  const { t } = useTranslation(['catalogue', 'units']);
  const units = useUnits();
  const id = useId();
  const problem = quantityProblem(value, packing);
  const step = (direction: 1 | -1): void => onChange(stepped(value, direction, packing));
  const told = {
    unreadable: t('buy.unreadable'),
    minimum: t('buy.minimum', { quantity: units.quantity(smallestOrder(packing), unit) }),
    pack: t('buy.pack', { quantity: units.quantity(String(packing.pack_size), unit) }),
  };
  return (
    <div className="flex flex-col gap-1">
      <span className="flex items-center gap-1">
        <IconButton
          icon={Minus}
          label={t('buy.less')}
          disabled={value === smallestOrder(packing)}
          onClick={() => step(-1)}
          className="border border-control"
        />
        <input
          inputMode="decimal"
          autoComplete="off"
          aria-label={`${t('buy.quantity')}: ${name}`}
          aria-invalid={problem !== null || undefined}
          aria-describedby={problem === null ? undefined : id}
          className={classes('control text-center tabular', isSmall ? 'min-w-12 px-1' : 'w-24')}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
            if (direction !== 1 && direction !== -1) return;
            event.preventDefault();
            step(direction);
          }}
        />
        <IconButton
          icon={Plus}
          label={t('buy.more')}
          onClick={() => step(1)}
          className="border border-control"
        />
        {!isSmall && <span className="ml-1 text-body text-muted">{units.short(unit)}</span>}
      </span>
      {problem !== null && (
        <span id={id} className="text-small text-stopped">
          {told[problem]}
        </span>
      )}
    </div>
  );
}

/** “In packs of 6, from 12 pcs”, where goods are not sold singly. */
export function PackingNote({ packing, unit }: { packing: Packing; unit: string }): ReactNode {
  const { t } = useTranslation(['catalogue', 'units']);
  const units = useUnits();
  const minimum = smallestOrder(packing);
  if (Number(packing.pack_size) === 1 && Number(minimum) === 1) return null;
  return (
    <p className="text-small text-muted">
      {t(Number(packing.pack_size) === 1 ? 'product.minimum' : 'product.packs', {
        pack: formatQuantity(String(packing.pack_size)),
        minimum: units.quantity(minimum, unit),
      })}
    </p>
  );
}
