import type { ReactNode } from 'react';
import { useState } from 'react';

import { Input } from '@/shared/ui/input';

import { parseQuantity } from '../model/words';

interface QuantityInputProps {
  label: string;
  value: string;
  /** Gets the new quantity once somebody has finished typing it. */
  onChange: (quantity: string) => void;
  isDisabled?: boolean;
}

/** A quantity that is changed in place: it counts when one leaves the field or presses Enter. */
export function QuantityInput({
  label,
  value,
  onChange,
  isDisabled = false,
}: QuantityInputProps): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const finish = (): void => {
    const quantity = typed === null ? null : parseQuantity(typed);
    setTyped(null);
    if (quantity !== null && quantity !== value) onChange(quantity);
  };
  return (
    <Input
      aria-label={label}
      aria-invalid={typed !== null && parseQuantity(typed) === null}
      inputMode="decimal"
      className="w-24 text-right tabular"
      value={typed ?? value}
      disabled={isDisabled}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault();
          finish();
        }
        if (event.key === 'Escape') setTyped(null);
      }}
    />
  );
}
