import { useQuery } from '@tanstack/react-query';
import { ListPlus, ShoppingCart } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { ButtonLink } from '@/shared/ui/link';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';

import { cartsQuery } from '../api/queries';
import { CartCard } from '../components/cart-card';

/** What the organisation has gathered, one cart per supplier. */
export function CartsPage(): ReactNode {
  const { t } = useTranslation('orders');
  const query = useQuery(cartsQuery());
  const { data } = query;
  const quick = (
    <ButtonLink to="/app/cart/quick">
      <ListPlus aria-hidden className="size-4" />
      {t('cart.quick')}
    </ButtonLink>
  );
  return (
    <PageBody>
      <PageHeader title={t('cart.title')} text={t('cart.text')} actions={quick} />
      {data === undefined && (
        <Card>
          <Awaiting query={query} skeleton={<SkeletonRows />} />
        </Card>
      )}
      {data?.carts.length === 0 && (
        <Card>
          <EmptyState
            icon={ShoppingCart}
            title={t('cart.empty')}
            text={t('cart.empty_text')}
            action={
              <ButtonLink to="/app/catalogue" variant="primary">
                {t('cart.catalogues')}
              </ButtonLink>
            }
          />
        </Card>
      )}
      {data?.carts.map((cart) => (
        <CartCard key={cart.id} cart={cart} />
      ))}
    </PageBody>
  );
}
