import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from './classes';
import { statusTone, type StatusNoun, type Tone } from './status-tones';

const TONES: Record<Tone, string> = {
  draft: 'bg-draft-soft text-draft',
  open: 'bg-open-soft text-open',
  waiting: 'bg-waiting-soft text-waiting',
  done: 'bg-done-soft text-done',
  stopped: 'bg-stopped-soft text-stopped',
};

/** A short word on a coloured ground. The colour repeats what the word says. */
export function Badge({
  tone = 'draft',
  children,
}: {
  tone?: Tone;
  children: ReactNode;
}): ReactNode {
  return (
    <span
      className={classes(
        'inline-flex shrink-0 items-center gap-1.5 rounded-full px-2 py-0.5 text-caption font-medium whitespace-nowrap',
        TONES[tone],
      )}
    >
      <span aria-hidden className="size-1.5 rounded-full bg-current" />
      {children}
    </span>
  );
}

interface StatusBadgeProps {
  noun: StatusNoun;
  /** A state of the noun's lifecycle, as the server writes it. */
  status: string;
  /** Shows under the word what happens next. */
  withNext?: boolean;
}

/** The state of a thing: a word, its colour and, where there is room, what happens next. */
export function StatusBadge({ noun, status, withNext = false }: StatusBadgeProps): ReactNode {
  const { t } = useTranslation('status');
  // Keys are built from the server's states; a state that has no words yet shows its own name.
  const translate = t as unknown as (key: string, fallback: string) => string;
  const word = translate(`${noun}.${status}.label`, status);
  const next = translate(`${noun}.${status}.next`, '');
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={statusTone(noun, status)}>{word}</Badge>
      {withNext && next !== '' && <span className="text-small text-muted">{next}</span>}
    </span>
  );
}
