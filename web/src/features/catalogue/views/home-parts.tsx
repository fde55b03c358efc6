import { useQuery } from '@tanstack/react-query';
import { PackageOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Link } from '@/shared/ui/link';
import { Card } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';

import { newestGoodsQuery } from '../api/queries';
import { CategoryTiles } from '../components/category-tiles';
import { GoodsGrid, GoodsGridSkeleton } from '../components/goods-grid';
import { goodsFound } from '../model/goods';

const PART = 'mx-auto w-full max-w-6xl px-4 pb-14 sm:px-6';

/** Ways into the catalogue, on the home page. */
export function HomeCategories(): ReactNode {
  const { t } = useTranslation('catalogue');
  return (
    <section className={PART}>
      <h2 className="text-heading font-semibold">{t('home.categories')}</h2>
      <p className="mt-1 mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-reading text-muted">
        {t('home.categories_text')}
        <Link to="/catalogue" className="text-body">
          {t('home.all')}
        </Link>
      </p>
      <CategoryTiles isCompact />
    </section>
  );
}

/** What suppliers have put on sale lately, on the home page. */
export function NewGoods(): ReactNode {
  const { t } = useTranslation('catalogue');
  const query = useQuery(newestGoodsQuery);
  const { data } = query;
  return (
    <section className={PART}>
      <h2 className="text-heading font-semibold">{t('home.goods')}</h2>
      <p className="mt-1 mb-6 text-reading text-muted">{t('home.goods_text')}</p>
      {data === undefined ? (
        <Awaiting query={query} skeleton={<GoodsGridSkeleton count={4} />} isInCard />
      ) : data.items.length === 0 ? (
        <Card>
          <EmptyState
            icon={PackageOpen}
            title={t('home.goods_empty')}
            text={t('home.goods_empty_text')}
          />
        </Card>
      ) : (
        <GoodsGrid items={data.items.map(goodsFound)} />
      )}
    </section>
  );
}
