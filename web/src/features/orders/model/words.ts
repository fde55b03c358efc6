import { useTranslation } from 'react-i18next';

import { formatMoney } from '@/shared/money/money';
import { formatQuantity } from '@/shared/units/units';

import type { CartWarning } from '../api/types';

interface MoneyFact {
  amount: number;
  currency: string;
}

function isMoney(value: unknown): value is MoneyFact {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
}

/** Returns what a warning says, with the server's facts filled in. */
export function useWarningText(): (warning: CartWarning) => string {
  const { t } = useTranslation('orders');
  // The server may know of warnings that have no words yet: they show their own name.
  const translate = t as unknown as (key: string, options: Record<string, unknown>) => string;
  return (warning) => {
    const facts = Object.fromEntries(
      Object.entries(warning.facts).map(([name, value]) => [
        name,
        isMoney(value) ? formatMoney(value) : formatQuantity(String(value)),
      ]),
    );
    const isGone = warning.code === 'short' && Number(warning.facts['available']) === 0;
    const key = isGone ? 'none_left' : warning.code;
    return translate(`warnings.${key}`, { ...facts, defaultValue: warning.code });
  };
}

/** A quantity as people type it, in the API's spelling; nothing where it is none. */
export function parseQuantity(text: string): string | null {
  const plain = text.trim().replace(/\s/g, '').replace(',', '.');
  return /^\d{1,12}(\.\d{1,3})?$/.test(plain) && Number(plain) > 0 ? plain : null;
}
