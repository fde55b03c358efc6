import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from './classes';
import type { Tone } from './status-tones';
import { RelativeTime } from './values';

interface StepperProps {
  label: string;
  steps: readonly { id: string; label: string }[];
  current: string;
  /** Lets people go back to a step that they have been to. */
  onSelect?: (id: string) => void;
  /** Every step may be opened, also those that lie ahead. */
  isFree?: boolean;
}

/** Where somebody stands in a form of several steps. */
export function Stepper({
  label,
  steps,
  current,
  onSelect,
  isFree = false,
}: StepperProps): ReactNode {
  const { t } = useTranslation('ui');
  const at = steps.findIndex((step) => step.id === current);
  return (
    <nav aria-label={label}>
      <p className="mb-2 text-small text-muted sm:hidden">
        {t('step_of', { step: at + 1, steps: steps.length })} · {steps[at]?.label}
      </p>
      <ol className="flex gap-2">
        {steps.map((step, index) => {
          const isDone = index < at;
          const content = (
            <>
              <span
                className={classes(
                  'inline-flex size-5 shrink-0 items-center justify-center rounded-full text-caption font-semibold tabular',
                  index <= at ? 'bg-accent text-on-accent' : 'bg-hover text-muted',
                )}
              >
                {isDone ? <Check aria-hidden className="size-3" strokeWidth={3} /> : index + 1}
              </span>
              <span className="sr-only truncate sm:not-sr-only sm:truncate">{step.label}</span>
            </>
          );
          const looks = classes(
            'flex h-10 w-full items-center gap-2 border-t-2 text-small',
            index <= at ? 'border-accent' : 'border-line',
            index === at ? 'font-medium text-ink' : 'text-muted',
          );
          return (
            <li
              key={step.id}
              className="min-w-0 flex-1"
              aria-current={index === at ? 'step' : undefined}
            >
              {(isDone || (isFree && index !== at)) && onSelect !== undefined ? (
                <button type="button" className={looks} onClick={() => onSelect(step.id)}>
                  {content}
                </button>
              ) : (
                <span className={looks}>{content}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

export interface TimelineEntry {
  id: string;
  title: ReactNode;
  at: string;
  text?: ReactNode;
  tone?: Tone;
}

const DOTS: Record<Tone, string> = {
  draft: 'bg-draft',
  open: 'bg-open',
  waiting: 'bg-waiting',
  done: 'bg-done',
  stopped: 'bg-stopped',
};

/** What happened to a thing, newest first. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }): ReactNode {
  return (
    <ol className="flex flex-col">
      {entries.map((entry, index) => (
        <li key={entry.id} className="relative flex gap-3 pb-5 last:pb-0">
          {index < entries.length - 1 && (
            <span aria-hidden className="absolute top-4 bottom-0 left-1.25 w-px bg-line" />
          )}
          <span
            aria-hidden
            className={classes(
              'mt-1.25 size-2.75 shrink-0 rounded-full',
              DOTS[entry.tone ?? 'draft'],
            )}
          />
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="text-body font-medium">{entry.title}</span>
              <span className="text-small text-muted">
                <RelativeTime value={entry.at} />
              </span>
            </div>
            {entry.text !== undefined && (
              <div className="mt-0.5 text-body text-muted">{entry.text}</div>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** How much of a piece of work is done, from 0 to 1. */
export function ProgressBar({ label, value }: { label: string; value: number }): ReactNode {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className="h-1.5 overflow-hidden rounded-full bg-hover"
    >
      <div
        className="h-full rounded-full bg-accent transition-[width]"
        style={{ width: `${String(percent)}%` }}
      />
    </div>
  );
}
