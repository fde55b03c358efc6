import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { nameNow } from '@/shared/i18n/names';
import { formatQuantity, useUnits } from '@/shared/units/units';
import { IconButton } from '@/shared/ui/icon-button';
import { Link } from '@/shared/ui/link';
import { Thumbnail } from '@/shared/ui/thumbnail';
import { Money } from '@/shared/ui/values';

import { useCartQuantity } from '../api/mutations';
import type { CartLine, CartWarning } from '../api/types';
import { namedLine } from '../model/standing';
import { useWarningText } from '../model/words';
import { QuantityInput } from './quantity-input';

/** Lines of a cart: quantities are changed in place. */
export function CartLines({ lines }: { lines: readonly CartLine[] }): ReactNode {
  return (
    <ul className="divide-y divide-line">
      {lines.map((line) => (
        <Line key={line.product_id} line={line} />
      ))}
    </ul>
  );
}

function Line({ line }: { line: CartLine }): ReactNode {
  const { t } = useTranslation('orders');
  const { short } = useUnits();
  const change = useCartQuantity();
  const unit = line.product === null ? '' : short(line.product.unit);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 p-4 md:grid-cols-[minmax(0,1fr)_9rem_10rem_9rem_auto]">
      <div className="flex min-w-0 items-center gap-3">
        <Thumbnail picture={line.product?.image} />
        <div className="min-w-0">
          <Link
            to="/products/$productId"
            params={{ productId: line.product_id }}
            className="line-clamp-2 text-body font-medium text-ink decoration-transparent hover:text-accent"
          >
            {nameNow(namedLine(line))}
          </Link>
          <p className="truncate text-small text-muted">
            {[line.sku, t('cart.added_by', { name: line.added_by_name })].join(' · ')}
          </p>
          <Warnings warnings={line.warnings} />
        </div>
      </div>
      <span className="hidden text-right md:block">
        <Money value={line.unit_price} />
        <NextTier line={line} />
      </span>
      <span className="col-start-1 flex items-center gap-2 md:col-start-auto md:justify-end">
        <QuantityInput
          label={t('quantity_of', { name: nameNow(namedLine(line)) })}
          value={line.quantity}
          isDisabled={change.isPending}
          onChange={(quantity) => change.mutate({ productId: line.product_id, quantity })}
        />
        <span className="w-10 text-small text-muted">{unit}</span>
      </span>
      <span className="text-right font-medium">
        <Money value={line.net} />
      </span>
      <span className="col-start-2 row-start-1 justify-self-end md:col-start-auto md:row-start-auto">
        <IconButton
          icon={X}
          size="small"
          label={t('cart.remove', { name: nameNow(namedLine(line)) })}
          onClick={() => change.mutate({ productId: line.product_id, quantity: null })}
        />
      </span>
    </li>
  );
}

/** The price from the next step on, where more pieces are cheaper. */
function NextTier({ line }: { line: CartLine }): ReactNode {
  const next = line.product?.tiers.find(
    (tier) => Number(tier.from_quantity) > Number(line.quantity),
  );
  if (next === undefined) return null;
  return (
    <span className="block text-small text-muted">
      {formatQuantity(next.from_quantity)}+ · <Money value={next.price} />
    </span>
  );
}

/** What stands against a line, or has changed. */
export function Warnings({ warnings }: { warnings: readonly CartWarning[] }): ReactNode {
  const text = useWarningText();
  if (warnings.length === 0) return null;
  return (
    <ul className="mt-0.5 text-small">
      {warnings.map((warning) => (
        <li key={warning.code} className={warning.blocking ? 'text-stopped' : 'text-waiting'}>
          {text(warning)}
        </li>
      ))}
    </ul>
  );
}
