import { useQuery } from '@tanstack/react-query';
import { Store } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCategoryNames } from '@/shared/categories/tree';
import { toProblem } from '@/shared/api/problem';
import { currentLanguage } from '@/shared/i18n/i18n';
import { nameIn } from '@/shared/i18n/names';
import { useCan } from '@/shared/session/session';
import { FilterBar } from '@/shared/ui/filter-bar';
import { Select } from '@/shared/ui/input';
import { ButtonLink } from '@/shared/ui/link';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';

import { linkedCatalogueQuery } from '../api/queries';
import type { Seller } from '../api/types';
import { AddToCart } from '../components/add-to-cart';
import { LinkedPrices } from '../components/linked-prices';
import { PackingNote } from '../components/quantity-field';
import { Results } from '../components/results';
import { type Goods, goodsOffered } from '../model/goods';
import { LINKED_SORTS, type LinkedSearch } from '../model/linked-search';

interface LinkedPageProps {
  supplierId: string;
  /** Their name and categories, when known. */
  seller: Seller | undefined;
  search: LinkedSearch;
  onSearch: (patch: Partial<LinkedSearch>) => void;
  /** The ways to the other suppliers. */
  change: ReactNode;
}

/** A supplier's catalogue as the buyer gets it through a trading link, with a way into the cart on every card. */
export function LinkedPage(props: LinkedPageProps): ReactNode {
  const { t } = useTranslation('catalogue');
  const { supplierId, seller, search, onSearch, change } = props;
  const { data, error, isPlaceholderData, refetch } = useQuery(
    linkedCatalogueQuery(supplierId, search),
  );
  const name = data?.items[0]?.organisation.name ?? seller?.name ?? '';
  const { category, in_stock, price_min, price_max } = search;
  const isNarrowed = [category, in_stock, price_min, price_max].some((one) => one !== undefined);
  const clear = (): void =>
    onSearch({
      category: undefined,
      in_stock: undefined,
      price_min: undefined,
      price_max: undefined,
    });
  if (error !== null && data === undefined && toProblem(error).status === 404) {
    return (
      <PageBody>
        <PageHeader title={t('linked.title')} actions={change} />
        <Card>
          <EmptyState
            icon={Store}
            title={t('linked.not_linked')}
            text={t('linked.not_linked_text')}
            action={
              <ButtonLink to="/sellers/$sellerId" params={{ sellerId: supplierId }}>
                {t('product.seller_page')}
              </ButtonLink>
            }
          />
        </Card>
      </PageBody>
    );
  }
  return (
    <PageBody>
      <PageHeader
        title={name === '' ? t('linked.title') : t('linked.catalogue_of', { name })}
        text={t('linked.text')}
        actions={change}
      />
      <Tools
        seller={seller}
        currency={data?.items[0]?.price.currency}
        search={search}
        onSearch={onSearch}
      />
      <Results
        found={data && { ...data, items: data.items.map(goodsOffered) }}
        error={error}
        onRetry={() => void refetch()}
        isStale={isPlaceholderData}
        words={search.q}
        isNarrowed={isNarrowed}
        onClear={clear}
        onSearch={onSearch}
        footer={(goods) => <CartFooter goods={goods} />}
      />
    </PageBody>
  );
}

function Tools({
  seller,
  currency,
  search,
  onSearch,
}: Pick<LinkedPageProps, 'seller' | 'search' | 'onSearch'> & {
  currency: string | undefined;
}): ReactNode {
  const { t } = useTranslation('catalogue');
  const names = useCategoryNames();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterBar
        q={search.q}
        onSearch={onSearch}
        filters={[
          {
            name: 'category',
            label: t('product.category'),
            value: search.category,
            choices: (seller?.categories ?? []).map((one) => ({
              value: one.id,
              label: names.of(one),
            })),
          },
          {
            name: 'in_stock',
            label: t('filters.in_stock'),
            value: search.in_stock === undefined ? undefined : String(search.in_stock),
            choices: [{ value: 'true', label: t('card.in_stock') }],
          },
        ]}
      />
      <LinkedPrices currency={currency} search={search} onSearch={onSearch} />
      <Select
        aria-label={t('sort.label')}
        className="w-auto min-w-44"
        value={search.sort ?? LINKED_SORTS[0]}
        choices={LINKED_SORTS.map((sort) => ({ value: sort, label: t(`sort.${sort}`) }))}
        onChange={(event) =>
          onSearch({
            sort: event.target.value === LINKED_SORTS[0] ? undefined : event.target.value,
          })
        }
      />
    </div>
  );
}

function CartFooter({ goods }: { goods: Goods }): ReactNode {
  const { t } = useTranslation('catalogue');
  const can = useCan();
  if (!can('cart:write')) return null;
  if (goods.isFamily) {
    return (
      <ButtonLink
        to="/products/$productId"
        params={{ productId: goods.id }}
        size="small"
        className="w-full"
      >
        {t('buy.choose')}
      </ButtonLink>
    );
  }
  if (goods.packing === null) return null;
  return (
    <div className="flex flex-col gap-2">
      <PackingNote packing={goods.packing} unit={goods.unit} />
      <AddToCart
        productId={goods.id}
        name={nameIn(goods.names, currentLanguage())}
        packing={goods.packing}
        unit={goods.unit}
        isListed
      />
    </div>
  );
}
