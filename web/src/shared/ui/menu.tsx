import type { LucideIcon } from 'lucide-react';
import { Check } from 'lucide-react';
import { DropdownMenu as Radix, Popover as RadixPopover } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

import { classes } from './classes';

const PANEL =
  'z-50 animate-enter rounded-base border border-line bg-surface shadow-overlay max-h-(--radix-popper-available-height) overflow-y-auto';
const ITEM =
  'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-base px-2.5 py-1.5 text-body outline-none select-none data-highlighted:bg-hover data-disabled:pointer-events-none data-disabled:opacity-55 pointer-coarse:min-h-11';

interface MenuProps {
  /** The button that opens the menu. */
  trigger: ReactElement;
  children: ReactNode;
  align?: 'start' | 'end';
}

/** A menu of actions or choices under a button. */
export function DropdownMenu({ trigger, children, align = 'end' }: MenuProps): ReactNode {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={classes(PANEL, 'min-w-52 p-1')}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface MenuItemProps {
  icon?: LucideIcon;
  onSelect?: () => void;
  isDangerous?: boolean;
  isDisabled?: boolean;
  /** Renders the only child, a link, as the item. */
  asChild?: boolean;
  children: ReactNode;
}

/** One action of a menu. */
export function MenuItem({
  icon: Icon,
  onSelect,
  isDangerous = false,
  isDisabled = false,
  asChild = false,
  children,
}: MenuItemProps): ReactNode {
  return (
    <Radix.Item
      asChild={asChild}
      disabled={isDisabled}
      {...(onSelect === undefined ? {} : { onSelect })}
      className={classes(ITEM, isDangerous && 'text-stopped')}
    >
      {asChild ? (
        children
      ) : (
        <>
          {Icon !== undefined && <Icon aria-hidden className="size-4 text-muted" />}
          {children}
        </>
      )}
    </Radix.Item>
  );
}

interface MenuChoiceProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  choices: readonly { value: string; label: ReactNode; hint?: ReactNode; lang?: string }[];
}

/** A group of which one is chosen. */
export function MenuChoice({ label, value, onChange, choices }: MenuChoiceProps): ReactNode {
  return (
    <Radix.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      <MenuLabel>{label}</MenuLabel>
      {choices.map((choice) => (
        <Radix.RadioItem
          key={choice.value}
          value={choice.value}
          className={classes(ITEM, 'pr-8')}
          lang={choice.lang}
        >
          <span className="min-w-0 flex-1">
            <span className="block truncate">{choice.label}</span>
            {choice.hint !== undefined && (
              <span className="block truncate text-small text-muted">{choice.hint}</span>
            )}
          </span>
          <Radix.ItemIndicator>
            <Check aria-hidden className="size-4 text-accent" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

/** A box of a menu that can be ticked without closing it. */
export function MenuCheck({
  isChecked,
  onChange,
  children,
}: {
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  children: ReactNode;
}): ReactNode {
  return (
    <Radix.CheckboxItem
      checked={isChecked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
      className={ITEM}
    >
      <span className="inline-flex size-4 items-center justify-center rounded-inner border border-control">
        <Radix.ItemIndicator>
          <Check aria-hidden className="size-3.5 text-accent" strokeWidth={3} />
        </Radix.ItemIndicator>
      </span>
      {children}
    </Radix.CheckboxItem>
  );
}

/** Names the items that follow. */
export function MenuLabel({ children }: { children: ReactNode }): ReactNode {
  return (
    <Radix.Label className="px-2.5 pt-2 pb-1 text-caption font-medium text-muted">
      {children}
    </Radix.Label>
  );
}

/** Separates groups of items. */
export function MenuSeparator(): ReactNode {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}

interface PopoverProps {
  trigger: ReactElement;
  label: string;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  className?: string;
}

/** A small panel under a button: filters, a list of news, a picker. */
export function Popover({
  trigger,
  label,
  children,
  align = 'end',
  isOpen,
  onOpenChange,
  className,
}: PopoverProps): ReactNode {
  return (
    <RadixPopover.Root
      {...(isOpen === undefined ? {} : { open: isOpen })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={classes(PANEL, className ?? 'w-72 p-3')}
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}
