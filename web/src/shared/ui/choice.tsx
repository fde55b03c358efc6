import { Check, Minus } from 'lucide-react';
import {
  Checkbox as RadixCheckbox,
  RadioGroup as RadixRadio,
  Switch as RadixSwitch,
} from 'radix-ui';
import type { ReactNode } from 'react';
import { useId } from 'react';

import { classes } from './classes';

interface CheckboxProps {
  label: ReactNode;
  hint?: ReactNode;
  isChecked: boolean | 'some';
  onChange: (isChecked: boolean) => void;
  isDisabled?: boolean;
  /** Keeps the label for screen readers only, as in the rows of a table. */
  isLabelHidden?: boolean;
  name?: string;
}

/** A yes or no with its label; `some` where only a part of what it stands for is chosen. */
export function Checkbox({
  label,
  hint,
  isChecked,
  onChange,
  isDisabled = false,
  isLabelHidden = false,
  name,
}: CheckboxProps): ReactNode {
  const id = useId();
  return (
    <div className="flex gap-2.5">
      <RadixCheckbox.Root
        id={id}
        name={name}
        checked={isChecked === 'some' ? 'indeterminate' : isChecked}
        onCheckedChange={(next) => onChange(next === true)}
        disabled={isDisabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className={classes(
          'group relative mt-0.5 inline-flex size-4.5 shrink-0 items-center justify-center rounded-inner border border-control bg-surface',
          'data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent',
          // The target of a finger or a careless mouse is larger than the box.
          'before:absolute before:-inset-2 disabled:opacity-55',
        )}
      >
        <RadixCheckbox.Indicator className="text-on-accent">
          {isChecked === 'some' ? (
            <Minus aria-hidden className="size-3.5" strokeWidth={3} />
          ) : (
            <Check aria-hidden className="size-3.5" strokeWidth={3} />
          )}
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      <div className={isLabelHidden ? 'sr-only' : 'flex flex-col'}>
        <label htmlFor={id} className="text-body">
          {label}
        </label>
        {hint !== undefined && (
          <span id={`${id}-hint`} className="text-small text-muted">
            {hint}
          </span>
        )}
      </div>
    </div>
  );
}

export interface RadioChoice {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  isDisabled?: boolean;
}

interface RadioGroupProps {
  /** Names the group for assistive technology where no `FieldGroup` does. */
  label?: string;
  value: string;
  onChange: (value: string) => void;
  choices: readonly RadioChoice[];
  /** Cards give each choice room to be explained. */
  isCards?: boolean;
  name?: string;
}

/** One of a few choices that deserve to be seen together. */
export function RadioGroup({
  label,
  value,
  onChange,
  choices,
  isCards = false,
  name,
}: RadioGroupProps): ReactNode {
  const id = useId();
  return (
    <RadixRadio.Root
      value={value}
      onValueChange={onChange}
      name={name}
      aria-label={label}
      className={classes(isCards ? 'grid gap-2 sm:grid-cols-2' : 'flex flex-col gap-2')}
    >
      {choices.map((choice) => (
        <label
          key={choice.value}
          htmlFor={`${id}-${choice.value}`}
          className={classes(
            'flex cursor-pointer gap-2.5 has-disabled:cursor-not-allowed has-disabled:opacity-55',
            isCards &&
              'rounded-base border border-control bg-surface p-3 hover:bg-hover has-data-[state=checked]:border-accent has-data-[state=checked]:bg-accent-soft',
          )}
        >
          <RadixRadio.Item
            id={`${id}-${choice.value}`}
            value={choice.value}
            disabled={choice.isDisabled}
            className="mt-0.5 inline-flex size-4.5 shrink-0 items-center justify-center rounded-full border border-control bg-surface data-[state=checked]:border-accent"
          >
            <RadixRadio.Indicator className="size-2.5 rounded-full bg-accent" />
          </RadixRadio.Item>
          <span className="flex flex-col">
            <span className={classes('text-body', isCards && 'font-medium')}>{choice.label}</span>
            {choice.hint !== undefined && (
              <span className="text-small text-muted">{choice.hint}</span>
            )}
          </span>
        </label>
      ))}
    </RadixRadio.Root>
  );
}

interface SwitchProps {
  label: ReactNode;
  hint?: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  isDisabled?: boolean;
}

/** A setting that takes effect at once. */
export function Switch({
  label,
  hint,
  isOn,
  onChange,
  isDisabled = false,
}: SwitchProps): ReactNode {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="flex flex-col">
        <label htmlFor={id} className="text-body">
          {label}
        </label>
        {hint !== undefined && (
          <span id={`${id}-hint`} className="text-small text-muted">
            {hint}
          </span>
        )}
      </div>
      <RadixSwitch.Root
        id={id}
        checked={isOn}
        onCheckedChange={onChange}
        disabled={isDisabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="relative h-6 w-10 shrink-0 rounded-full border border-control bg-sunken transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-55"
      >
        <RadixSwitch.Thumb className="block size-4 translate-x-1 rounded-full bg-control transition-transform data-[state=checked]:translate-x-5 data-[state=checked]:bg-on-accent" />
      </RadixSwitch.Root>
    </div>
  );
}
