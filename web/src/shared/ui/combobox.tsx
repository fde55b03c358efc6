import { Command } from 'cmdk';
import { Check, ChevronsUpDown, LoaderCircle, X } from 'lucide-react';
import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from './classes';
import { useFieldControl } from './field';
import { IconButton } from './icon-button';

export interface ComboboxOption {
  value: string;
  label: string;
  hint?: string;
}

interface SharedProps {
  options: readonly ComboboxOption[];
  placeholder?: string;
  /** Called with what is typed, where the server does the searching; else the options are filtered here. */
  onQuery?: (query: string) => void;
  isLoading?: boolean;
  isDisabled?: boolean;
}

interface ComboboxProps extends SharedProps {
  value: string | null;
  onChange: (value: string | null) => void;
  /** The label of a value that is not among the options at hand. */
  valueLabel?: string;
}

/** One of many, found by typing. */
export function Combobox({ value, onChange, valueLabel, ...rest }: ComboboxProps): ReactNode {
  const { t } = useTranslation('ui');
  const [isOpen, setIsOpen] = useState(false);
  const chosen =
    rest.options.find((option) => option.value === value)?.label ??
    (value === null ? null : (valueLabel ?? value));
  return (
    <OptionPopover
      {...rest}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      isChosen={(one) => one === value}
      onChoose={(one) => {
        onChange(one === value ? null : one);
        setIsOpen(false);
      }}
      text={chosen ?? rest.placeholder ?? t('combobox.choose')}
      isPlaceholder={chosen === null}
    />
  );
}

interface MultiComboboxProps extends SharedProps {
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** Labels of values that are not among the options at hand. */
  labels?: Readonly<Record<string, string>>;
}

/** Several of many, found by typing; the chosen ones stand below and can be taken away. */
export function MultiCombobox({
  values,
  onChange,
  labels = {},
  ...rest
}: MultiComboboxProps): ReactNode {
  const { t } = useTranslation('ui');
  const [isOpen, setIsOpen] = useState(false);
  const labelOf = (value: string): string =>
    rest.options.find((option) => option.value === value)?.label ?? labels[value] ?? value;
  return (
    <div className="flex flex-col gap-2">
      <OptionPopover
        {...rest}
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        isChosen={(one) => values.includes(one)}
        onChoose={(one) =>
          onChange(
            values.includes(one) ? values.filter((other) => other !== one) : [...values, one],
          )
        }
        text={rest.placeholder ?? t('combobox.choose')}
        isPlaceholder
      />
      {values.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {values.map((value) => (
            <li
              key={value}
              className="inline-flex items-center gap-0.5 rounded-base bg-hover pl-2.5 text-small"
            >
              {labelOf(value)}
              <IconButton
                icon={X}
                size="small"
                label={t('remove_named', { name: labelOf(value) })}
                onClick={() => onChange(values.filter((other) => other !== value))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface OptionPopoverProps extends SharedProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  isChosen: (value: string) => boolean;
  onChoose: (value: string) => void;
  text: string;
  isPlaceholder: boolean;
}

function OptionPopover(props: OptionPopoverProps): ReactNode {
  const {
    options,
    onQuery,
    isLoading = false,
    isDisabled = false,
    isOpen,
    onOpenChange,
    isChosen,
    onChoose,
    text,
    isPlaceholder,
  } = props;
  const { t } = useTranslation('ui');
  const listId = useId();
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>
        <button
          type="button"
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={listId}
          disabled={isDisabled}
          className="control flex items-center justify-between gap-2 text-left"
          {...useFieldControl()}
        >
          <span className={classes('truncate', isPlaceholder && 'text-faint')}>{text}</span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
        </button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-(--radix-popover-trigger-width) min-w-56 animate-enter overflow-hidden rounded-base border border-line bg-surface shadow-overlay"
        >
          <Command shouldFilter={onQuery === undefined} label={t('combobox.search')}>
            <div className="flex items-center border-b border-line px-3">
              <Command.Input
                placeholder={t('combobox.search')}
                onValueChange={onQuery}
                className="h-10 w-full bg-transparent text-body outline-none pointer-coarse:text-reading"
              />
              {isLoading && <LoaderCircle aria-hidden className="size-4 animate-spin text-muted" />}
            </div>
            <Command.List id={listId} className="max-h-64 overflow-y-auto p-1">
              {!isLoading && (
                <Command.Empty className="px-3 py-6 text-center text-body text-muted">
                  {t('combobox.nothing_found')}
                </Command.Empty>
              )}
              {options.map((option) => (
                <Command.Item
                  key={option.value}
                  value={option.value}
                  keywords={[option.label, option.hint ?? '']}
                  onSelect={() => onChoose(option.value)}
                  className="flex min-h-9 cursor-pointer items-center gap-2 rounded-base px-2.5 py-1.5 text-body data-[selected=true]:bg-hover"
                >
                  <span className="min-w-0 flex-1">
                    <span className="block truncate">{option.label}</span>
                    {option.hint !== undefined && (
                      <span className="block truncate text-small text-muted">{option.hint}</span>
                    )}
                  </span>
                  {isChosen(option.value) && <Check aria-hidden className="size-4 text-accent" />}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
