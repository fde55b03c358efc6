import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId } from 'react';

import { classes } from './classes';

const BOX =
  'peer size-4.5 shrink-0 appearance-none border border-control bg-surface checked:border-accent checked:bg-accent disabled:opacity-55';

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
  const Mark = isChecked === 'some' ? Minus : Check;
  return (
    <div className="flex gap-2.5">
      {/* The target of a finger or a careless mouse is larger than the box. */}
      <span className="relative mt-0.5 inline-flex size-4.5 shrink-0 before:absolute before:-inset-2">
        <input
          type="checkbox"
          id={id}
          name={name}
          checked={isChecked === true}
          ref={(input) => {
            if (input !== null) input.indeterminate = isChecked === 'some';
          }}
          onChange={(event) => onChange(event.target.checked)}
          disabled={isDisabled}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          className={classes(
            BOX,
            'relative rounded-inner indeterminate:border-accent indeterminate:bg-accent',
          )}
        />
        {isChecked !== false && (
          <Mark
            aria-hidden
            strokeWidth={3}
            className="pointer-events-none absolute inset-0 m-auto size-3.5 text-on-accent"
          />
        )}
      </span>
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
    <div
      role="radiogroup"
      aria-label={label}
      className={classes(isCards ? 'grid gap-2 sm:grid-cols-2' : 'flex flex-col gap-2')}
    >
      {choices.map((choice) => (
        <div
          key={choice.value}
          className={classes(
            'relative flex gap-2.5 has-disabled:opacity-55',
            isCards &&
              'rounded-base border border-control bg-surface p-3 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft',
          )}
        >
          <input
            type="radio"
            id={`${id}-${choice.value}`}
            name={name ?? id}
            value={choice.value}
            checked={choice.value === value}
            disabled={choice.isDisabled}
            onChange={() => onChange(choice.value)}
            aria-describedby={choice.hint === undefined ? undefined : `${id}-${choice.value}-hint`}
            className={classes(
              BOX,
              'relative z-10 mt-0.5 rounded-full checked:bg-surface checked:bg-radial checked:from-accent checked:from-45% checked:to-transparent checked:to-50%',
            )}
          />
          <span className="flex flex-col">
            {/* The whole card can be pressed: the label reaches over it. */}
            <label
              htmlFor={`${id}-${choice.value}`}
              className={classes(
                'text-body',
                isCards && 'font-medium before:absolute before:inset-0',
              )}
            >
              {choice.label}
            </label>
            {choice.hint !== undefined && (
              <span id={`${id}-${choice.value}-hint`} className="text-small text-muted">
                {choice.hint}
              </span>
            )}
          </span>
        </div>
      ))}
    </div>
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
      <button
        type="button"
        role="switch"
        id={id}
        aria-checked={isOn}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        disabled={isDisabled}
        onClick={() => onChange(!isOn)}
        className="group relative h-6 w-10 shrink-0 rounded-full border border-control bg-sunken transition-colors disabled:opacity-55 aria-checked:border-accent aria-checked:bg-accent"
      >
        <span className="block size-4 translate-x-1 rounded-full bg-control transition-transform group-aria-checked:translate-x-5 group-aria-checked:bg-on-accent" />
      </button>
    </div>
  );
}
