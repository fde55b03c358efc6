import { ChevronDown, Eye, EyeOff, Search, X } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from './classes';
import { useFieldControl } from './field';
import { IconButton } from './icon-button';

/** One line of text. Inside a `Field` it takes the field's label, hint and error. */
export function Input({ className, ...rest }: ComponentProps<'input'>): ReactNode {
  return <input className={classes('control', className)} {...useFieldControl()} {...rest} />;
}

/** Several lines of text that grow with what is typed. */
export function Textarea({ className, rows = 4, ...rest }: ComponentProps<'textarea'>): ReactNode {
  return (
    <textarea
      rows={rows}
      className={classes('control field-sizing-content max-h-96 min-h-20', className)}
      {...useFieldControl()}
      {...rest}
    />
  );
}

export interface Choice {
  value: string;
  label: string;
  isDisabled?: boolean;
}

interface SelectProps extends ComponentProps<'select'> {
  choices: readonly Choice[];
  /** Shown while nothing is chosen; also lets the person choose nothing again. */
  placeholder?: string;
}

/** One of a few choices, by the platform's own list: the best there is on a phone. */
export function Select({ choices, placeholder, className, ...rest }: SelectProps): ReactNode {
  return (
    <span className={classes('relative block', className)}>
      <select className="control appearance-none truncate pr-9" {...useFieldControl()} {...rest}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.isDisabled}>
            {choice.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}

/** A password that can be looked at while it is typed. */
export function PasswordInput(props: Omit<ComponentProps<'input'>, 'type'>): ReactNode {
  const { t } = useTranslation('ui');
  const [isShown, setIsShown] = useState(false);
  return (
    <span className="relative block">
      <Input {...props} type={isShown ? 'text' : 'password'} className="pr-11" spellCheck={false} />
      <span className="absolute inset-y-0 right-1 flex items-center">
        <IconButton
          icon={isShown ? EyeOff : Eye}
          label={isShown ? t('password.hide') : t('password.show')}
          size="small"
          onClick={() => setIsShown(!isShown)}
        />
      </span>
    </span>
  );
}

interface SearchInputProps extends Omit<ComponentProps<'input'>, 'type' | 'onChange' | 'value'> {
  value: string;
  onChange: (value: string) => void;
  label: string;
}

/** A search box with a way to clear it. */
export function SearchInput({
  value,
  onChange,
  label,
  className,
  ...rest
}: SearchInputProps): ReactNode {
  const { t } = useTranslation('ui');
  return (
    <span className={classes('relative block', className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
      />
      <input
        type="text"
        role="searchbox"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="control px-9"
        {...rest}
      />
      {value !== '' && (
        <span className="absolute inset-y-0 right-1 flex items-center">
          <IconButton icon={X} label={t('clear')} size="small" onClick={() => onChange('')} />
        </span>
      )}
    </span>
  );
}
