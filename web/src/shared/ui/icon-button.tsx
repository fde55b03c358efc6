import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

import { classes } from './classes';
import { Tooltip } from './tooltip';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  icon: LucideIcon;
  /** Says what the button does: its accessible name and its tooltip. */
  label: string;
  size?: 'small' | 'medium';
  /** A small mark for news behind the button, with its count. */
  badge?: number;
}

const BADGE_MAX = 99;

/** A button that shows only an icon; its label is spoken and shown as a tooltip. */
export function IconButton({
  icon: Icon,
  label,
  size = 'medium',
  badge = 0,
  className,
  type = 'button',
  ...rest
}: IconButtonProps): ReactNode {
  const count = badge > BADGE_MAX ? `${String(BADGE_MAX)}+` : String(badge);
  return (
    <Tooltip text={label} isName>
      <button
        type={type}
        aria-label={badge > 0 ? `${label} (${count})` : label}
        className={classes(
          'relative inline-flex shrink-0 items-center justify-center rounded-base text-muted transition-colors',
          'hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-55 pointer-coarse:size-11',
          size === 'small' ? 'size-7' : 'size-9',
          className,
        )}
        {...rest}
      >
        <Icon aria-hidden className={size === 'small' ? 'size-4' : 'size-5'} />
        {badge > 0 && (
          <span
            aria-hidden
            className="absolute top-0.5 right-0.5 min-w-4 rounded-full bg-danger px-1 text-center text-caption font-semibold text-on-danger tabular before:content-[attr(data-count)]"
            data-count={count}
          />
        )}
      </button>
    </Tooltip>
  );
}
