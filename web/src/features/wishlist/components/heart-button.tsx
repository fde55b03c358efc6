import { useQuery } from '@tanstack/react-query';
import { Heart, HeartOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useSession } from '@/shared/session/session';
import { IconButton } from '@/shared/ui/icon-button';

import { useWish, wishQuery } from '../api/queries';

/** Keeps an eye on a product, or no longer. Nothing for those who have no wishlist. Needs the words of `reviews`. */
export function HeartButton({ productId }: { productId: string }): ReactNode {
  const { t } = useTranslation('reviews');
  const session = useSession();
  const isBuyer = session?.permissions.includes('wishlist:write') === true;
  const { data } = useQuery({ ...wishQuery(productId), enabled: isBuyer });
  const wish = useWish(productId);
  if (!isBuyer) return null;
  const isWanted = data?.contained === true;
  return (
    <IconButton
      icon={isWanted ? HeartOff : Heart}
      label={isWanted ? t('wish.remove') : t('wish.add')}
      aria-pressed={isWanted}
      onClick={() => wish.mutate(!isWanted)}
    />
  );
}
