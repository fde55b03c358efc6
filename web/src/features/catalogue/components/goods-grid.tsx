import type { ReactNode } from 'react';

import { Skeleton } from '@/shared/ui/states';

import type { Goods } from '../model/goods';
import { ProductCard } from './product-card';

/** The first row of a wide screen is seen at once. */
const EAGER_COUNT = 4;
/** How goods stand side by side; what is drawn before the app has come looks for it. */
export const GOODS_GRID = 'grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-4';

interface GoodsGridProps {
  items: readonly Goods[];
  heading?: 'h2' | 'h3';
  corner?: (goods: Goods) => ReactNode;
  footer?: (goods: Goods) => ReactNode;
}

/** Products side by side, two on a phone and four on a desk. */
export function GoodsGrid({ items, heading = 'h3', corner, footer }: GoodsGridProps): ReactNode {
  return (
    <ul className={GOODS_GRID}>
      {items.map((goods, place) => (
        <ProductCard
          key={goods.id}
          goods={goods}
          heading={heading}
          isEager={place < EAGER_COUNT}
          corner={corner?.(goods)}
          footer={footer?.(goods)}
        />
      ))}
    </ul>
  );
}

/** Shapes of products that are about to come. */
export function GoodsGridSkeleton({ count = 8 }: { count?: number }): ReactNode {
  return (
    <div className={GOODS_GRID}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="overflow-hidden rounded-base border border-line bg-surface">
          <Skeleton className="aspect-square rounded-none" />
          <div className="flex flex-col gap-2.5 p-3">
            <Skeleton className="h-5 w-24" />
            <Skeleton className="h-4 w-full" />
            <Skeleton className="h-4 w-2/3" />
          </div>
        </div>
      ))}
    </div>
  );
}
