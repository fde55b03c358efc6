import type { LucideIcon } from 'lucide-react';
import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';

import { classes } from './classes';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'small' | 'medium' | 'large';

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover border-transparent',
  secondary: 'bg-surface text-ink hover:bg-hover border-edge shadow-raised',
  quiet: 'bg-transparent text-ink hover:bg-hover border-transparent',
  danger: 'bg-danger text-on-danger hover:bg-danger-hover border-transparent',
};

const SIZES: Record<ButtonSize, string> = {
  small: 'h-8 px-2.5 text-small gap-1.5 pointer-coarse:h-11',
  medium: 'h-9 px-3.5 text-body gap-2 pointer-coarse:h-11',
  large: 'h-11 px-5 text-reading gap-2',
};

/** Returns the classes of a button, for a link that looks like one. */
export function buttonClasses(
  variant: ButtonVariant = 'secondary',
  size: ButtonSize = 'medium',
): string {
  return classes(
    'inline-flex shrink-0 items-center justify-center rounded-base border font-medium whitespace-nowrap',
    'select-none transition-colors duration-100 disabled:opacity-55 disabled:pointer-events-none',
    'aria-disabled:opacity-55 aria-disabled:pointer-events-none',
    VARIANTS[variant],
    SIZES[size],
  );
}

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: LucideIcon;
  /** Shows a spinner, keeps the width and refuses clicks while the work is under way. */
  isPending?: boolean;
  /** Renders the only child (a link) with the looks of a button. */
  asChild?: boolean;
}

/** A push button. One `primary` a screen. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  icon: Icon,
  isPending = false,
  asChild = false,
  className,
  children,
  disabled,
  type = 'button',
  ...rest
}: ButtonProps): ReactNode {
  const looks = classes(buttonClasses(variant, size), className);
  if (asChild) {
    return (
      <Slot.Root className={looks} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type={type}
      className={looks}
      disabled={disabled === true || isPending}
      aria-busy={isPending || undefined}
      {...rest}
    >
      {isPending ? (
        <LoaderCircle aria-hidden className="size-4 animate-spin" />
      ) : (
        Icon !== undefined && <Icon aria-hidden className="size-4" />
      )}
      {children}
    </button>
  );
}
