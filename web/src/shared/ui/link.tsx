import { createLink } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';

import { buttonClasses, type ButtonSize, type ButtonVariant } from './button';
import { classes } from './classes';

function TextAnchor({ className, ...rest }: ComponentProps<'a'>): ReactNode {
  return (
    // eslint-disable-next-line jsx-a11y/anchor-has-content -- the content arrives in `rest`
    <a
      className={classes(
        'rounded-base text-accent underline decoration-1 underline-offset-3 hover:text-accent-hover',
        className,
      )}
      {...rest}
    />
  );
}

interface ButtonAnchorProps extends ComponentProps<'a'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
}

function ButtonAnchor({ variant, size, className, ...rest }: ButtonAnchorProps): ReactNode {
  // eslint-disable-next-line jsx-a11y/anchor-has-content -- the content arrives in `rest`
  return <a className={classes(buttonClasses(variant, size), className)} {...rest} />;
}

/** A link inside text, typed by the router. */
export const Link = createLink(TextAnchor);

/** A link that looks like a button, typed by the router. */
export const ButtonLink = createLink(ButtonAnchor);
