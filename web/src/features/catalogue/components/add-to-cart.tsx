import { ShoppingCart } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from '@/shared/ui/classes';
import { Button } from '@/shared/ui/button';
import { Link } from '@/shared/ui/link';
import { showDone } from '@/shared/ui/toast';

import { useAddToCart } from '../api/mutations';
import {
  type Packing,
  quantityProblem,
  smallestOrder,
  toThousandths,
  fromThousandths,
} from '../model/quantity';
import { QuantityField } from './quantity-field';

interface AddToCartProps {
  productId: string;
  name: string;
  packing: Packing;
  unit: string;
  /** One of many in a list: small, and none of them the page's primary button. */
  isListed?: boolean;
}

/** Asks how much, and puts it into the cart of the supplier. */
export function AddToCart({
  productId,
  name,
  packing,
  unit,
  isListed = false,
}: AddToCartProps): ReactNode {
  const { t } = useTranslation('catalogue');
  const add = useAddToCart();
  const [quantity, setQuantity] = useState(smallestOrder(packing));
  const [isAdded, setIsAdded] = useState(false);
  const problem = quantityProblem(quantity, packing);
  const submit = async (): Promise<void> => {
    const thousandths = toThousandths(quantity);
    if (problem !== null || thousandths === null) return;
    await add.mutateAsync({ product_id: productId, quantity: fromThousandths(thousandths) });
    showDone(t('buy.added', { name }));
    setQuantity(smallestOrder(packing));
    setIsAdded(true);
  };
  return (
    <form
      className={classes('flex gap-2', isListed ? 'flex-col' : 'flex-wrap items-start')}
      onSubmit={(event) => {
        event.preventDefault();
        // What is refused is told by a toast; what was written stays.
        void submit().catch(() => undefined);
      }}
    >
      <QuantityField
        value={quantity}
        onChange={setQuantity}
        packing={packing}
        unit={unit}
        name={name}
        isSmall={isListed}
      />
      <Button
        type="submit"
        icon={ShoppingCart}
        variant={isListed ? 'secondary' : 'primary'}
        size={isListed ? 'small' : 'medium'}
        isPending={add.isPending}
        disabled={problem !== null}
        className={classes(!isListed && 'flex-1')}
        {...(isListed ? { 'aria-label': `${t('buy.add')}: ${name}` } : {})}
      >
        {t('buy.add')}
      </Button>
      {isAdded && (
        <Link to="/app/cart" className="w-full py-1 text-center text-body">
          {t('buy.cart')}
        </Link>
      )}
    </form>
  );
}
