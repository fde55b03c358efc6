import type { ReactNode } from 'react';

/** The mark: two humps of a camel drawn as one line of travel, with the name beside it. */
export function Logo({
  isMarkOnly = false,
  isTight = false,
}: {
  isMarkOnly?: boolean;
  /** Whether a phone has room for the mark alone. */
  isTight?: boolean;
}): ReactNode {
  return (
    <span className="inline-flex items-center gap-2.5 font-semibold tracking-tight text-ink">
      <svg viewBox="0 0 32 32" className="size-7 shrink-0" aria-hidden>
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <path
          d="M5 22.5c2.2 0 2.6-8.5 5.6-8.5s2.6 4.6 5.4 4.6S18.4 9.5 21.6 9.5 24.8 22.5 27 22.5"
          fill="none"
          strokeWidth="2.6"
          strokeLinecap="round"
          strokeLinejoin="round"
          className="stroke-on-accent"
        />
      </svg>
      {!isMarkOnly && (
        <span className={isTight ? 'text-title max-sm:hidden' : 'text-title'}>Karavan</span>
      )}
    </span>
  );
}
