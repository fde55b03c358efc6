import type { ReactNode, Ref } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MoneyValue } from '@/shared/api/types';
import { numberLocale } from '@/shared/i18n/formatting';
import { CURRENCIES, minorDigits, minorToDecimal, parseMoney } from '@/shared/money/money';

import { useFieldControl } from './field';
import { Input, Select } from './input';

interface MoneyFieldProps {
  /** Null while nothing, or no amount, is written. */
  value: MoneyValue | null;
  onChange: (value: MoneyValue | null) => void;
  onBlur?: () => void;
  /** The currency while there is no value yet. */
  currency: string;
  /** Lets people change the currency; else it stands beside the amount. */
  onCurrency?: (currency: string) => void;
  isDisabled?: boolean;
  name?: string;
  /** Where a form puts the focus when the amount is what has to be mended. */
  ref?: Ref<HTMLInputElement>;
}

/**
 * An amount as people write it, kept as integer minor units.
 *
 * What cannot be an amount stays visible and is marked, instead of being changed under the fingers.
 */
export function MoneyField({
  value,
  onChange,
  onBlur,
  currency,
  onCurrency,
  isDisabled = false,
  name,
  ref,
}: MoneyFieldProps): ReactNode {
  const { t } = useTranslation(['ui', 'validation']);
  const field = useFieldControl();
  const [text, setText] = useState(() => toText(value));
  const [known, setKnown] = useState(value);
  // A value set from outside, such as a reset, shows; one that came from here keeps what was typed.
  if (value?.amount !== known?.amount || value?.currency !== known?.currency) {
    setKnown(value);
    if (value !== null || text === '' || parseMoney(text, currency) !== null)
      setText(toText(value));
  }
  const isUnreadable = text.trim() !== '' && parseMoney(text, currency) === null;
  const change = (typed: string): void => {
    setText(typed);
    const amount = parseMoney(typed, currency);
    const next = amount === null ? null : { amount, currency };
    setKnown(next);
    onChange(next);
  };
  return (
    <span className="flex flex-col gap-1">
      <span className="flex gap-2">
        <Input
          {...field}
          ref={ref}
          name={name}
          inputMode="decimal"
          autoComplete="off"
          className="min-w-0 flex-1 text-right tabular"
          value={text}
          disabled={isDisabled}
          aria-invalid={isUnreadable || field['aria-invalid'] === true || undefined}
          onChange={(event) => change(event.target.value)}
          onBlur={() => {
            if (value !== null) setText(toText(value));
            onBlur?.();
          }}
        />
        {onCurrency === undefined ? (
          <span className="inline-flex items-center text-body text-muted">{currency}</span>
        ) : (
          <Select
            id={undefined}
            aria-label={t('money.currency')}
            aria-describedby={undefined}
            className="w-24"
            value={currency}
            disabled={isDisabled}
            choices={CURRENCIES.map((code) => ({ value: code, label: code }))}
            onChange={(event) => onCurrency(event.target.value)}
          />
        )}
      </span>
      {isUnreadable && <span className="text-small text-stopped">{t('validation:money')}</span>}
    </span>
  );
}

/** Writes an amount as somebody of this language would type it: grouped, with their decimal mark. */
function toText(value: MoneyValue | null): string {
  if (value === null) return '';
  const digits = minorDigits(value.currency);
  const format = new Intl.NumberFormat(numberLocale(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(minorToDecimal(value.amount, digits) as Intl.StringNumericLiteral);
}
