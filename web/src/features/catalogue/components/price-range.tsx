import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber, minorDigits, minorToDecimal, parseMoney } from '@/shared/money/money';
import { Button } from '@/shared/ui/button';
import { Input, Select } from '@/shared/ui/input';

import type { GoodsPatch, GoodsSearch } from '../api/types';

/** Prices of the results in one currency, in minor units. */
export interface PricesFound {
  currency: string;
  min: number;
  max: number;
  count: number;
}

interface PriceRangeProps {
  /** By currency, the commonest first; what is chosen stays in it without results. */
  prices: readonly PricesFound[];
  search: Pick<GoodsSearch, 'currency' | 'price_min' | 'price_max'>;
  onSearch: (patch: GoodsPatch) => void;
}

/** Narrows goods to a range of prices in one currency. */
export function PriceRange({ prices, search, onSearch }: PriceRangeProps): ReactNode {
  const known = prices.map((one) => one.currency);
  const currency = search.currency ?? known[0];
  if (currency === undefined) return null;
  const currencies = known.includes(currency) ? known : [currency, ...known];
  // Another range from outside, such as a filter taken away, shows at once.
  const key = `${currency} ${String(search.price_min)} ${String(search.price_max)}`;
  return (
    <RangeForm
      key={key}
      currency={currency}
      currencies={currencies}
      found={prices.find((one) => one.currency === currency)}
      search={search}
      onSearch={onSearch}
    />
  );
}

interface RangeFormProps extends Omit<PriceRangeProps, 'prices'> {
  currency: string;
  currencies: readonly string[];
  found: PricesFound | undefined;
}

function RangeForm({ currency, currencies, found, search, onSearch }: RangeFormProps): ReactNode {
  const { t } = useTranslation('catalogue');
  const write = (amount: number | undefined): string =>
    amount === undefined ? '' : minorToDecimal(amount, minorDigits(currency)).replace(/\.0+$/, '');
  const [from, setFrom] = useState(write(search.price_min));
  const [to, setTo] = useState(write(search.price_max));
  const [problem, setProblem] = useState<string | null>(null);
  const hint = (key: 'price_from' | 'price_to', amount: number): string => {
    const shown = formatNumber(Math.floor(amount / 10 ** minorDigits(currency)));
    return t(`filters.${key}`, { from: shown, to: shown });
  };
  const apply = (event: FormEvent): void => {
    event.preventDefault();
    const [min, max] = [from, to].map((text) =>
      text.trim() === '' ? undefined : parseMoney(text, currency),
    );
    if (min === null || max === null || (min ?? 0) < 0 || (max ?? 0) < 0) {
      setProblem(t('filters.price_wrong'));
    } else if (min !== undefined && max !== undefined && min > max) {
      setProblem(t('filters.price_order'));
    } else {
      setProblem(null);
      const isAny = min === undefined && max === undefined;
      onSearch({ currency: isAny ? undefined : currency, price_min: min, price_max: max });
    }
  };
  return (
    <form onSubmit={apply} className="flex flex-col gap-2">
      <h3 className="flex items-center justify-between gap-2 text-small font-semibold">
        {t('filters.price')}
        {currencies.length > 1 && (
          <Select
            aria-label={t('filters.currency')}
            className="w-24 font-normal"
            value={currency}
            choices={currencies.map((code) => ({ value: code, label: code }))}
            onChange={(event) =>
              onSearch({
                currency: event.target.value,
                price_min: undefined,
                price_max: undefined,
              })
            }
          />
        )}
      </h3>
      <div className="grid grid-cols-2 gap-2">
        <Input
          inputMode="decimal"
          autoComplete="off"
          aria-label={t('filters.from')}
          placeholder={found === undefined ? t('filters.from') : hint('price_from', found.min)}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <Input
          inputMode="decimal"
          autoComplete="off"
          aria-label={t('filters.to')}
          placeholder={found === undefined ? t('filters.to') : hint('price_to', found.max)}
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
      </div>
      {problem !== null && (
        <p role="alert" className="text-small text-stopped">
          {problem}
        </p>
      )}
      <Button type="submit" size="small">
        {t('filters.apply')}
      </Button>
    </form>
  );
}
