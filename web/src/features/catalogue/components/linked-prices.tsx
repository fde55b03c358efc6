import { SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { formatMoney } from '@/shared/money/money';
import { Button } from '@/shared/ui/button';
import { Popover } from '@/shared/ui/menu';

import type { LinkedSearch } from '../model/linked-search';
import { PriceRange } from './price-range';

interface LinkedPricesProps {
  /** Of the supplier's prices; nothing until goods were seen. */
  currency: string | undefined;
  search: LinkedSearch;
  onSearch: (patch: Partial<LinkedSearch>) => void;
}

/** A range of prices of a supplier, behind a button that tells what is chosen. */
export function LinkedPrices({ currency: seen, search, onSearch }: LinkedPricesProps): ReactNode {
  const { t } = useTranslation('catalogue');
  const [isOpen, setIsOpen] = useState(false);
  // Where a range leaves nothing to see, the currency is still that of what was seen before.
  const [known, setKnown] = useState(seen);
  if (seen !== undefined && seen !== known) setKnown(seen);
  const { price_min: min, price_max: max } = search;
  const currency = seen ?? known ?? 'KZT';
  const money = (amount = 0): string => formatMoney({ amount, currency });
  const bounds = { from: money(min), to: money(max) };
  const label =
    min === undefined && max === undefined
      ? t('filters.price')
      : max === undefined
        ? t('filters.price_from', bounds)
        : min === undefined
          ? t('filters.price_to', bounds)
          : t('filters.price_range', bounds);
  return (
    <Popover
      align="start"
      label={t('filters.price')}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button icon={SlidersHorizontal}>{label}</Button>}
    >
      <PriceRange
        prices={[]}
        search={{ currency, price_min: min, price_max: max }}
        onSearch={({ price_min, price_max }) => {
          setIsOpen(false);
          onSearch({ price_min, price_max, page: undefined });
        }}
      />
    </Popover>
  );
}
