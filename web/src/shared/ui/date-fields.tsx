import type { ReactNode } from 'react';

import { localInputToUtc, utcToLocalInput } from '@/shared/dates/format';

import { Input } from './input';

interface DateTimeFieldProps {
  /** RFC 3339 in UTC; empty for none. */
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  /** The earliest moment, RFC 3339. */
  min?: string;
  name?: string;
  isDisabled?: boolean;
}

/** A moment, typed and shown in the reader's own time zone and stored in UTC. */
export function DateTimeField({
  value,
  onChange,
  onBlur,
  min,
  name,
  isDisabled,
}: DateTimeFieldProps): ReactNode {
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Input
        type="datetime-local"
        name={name}
        className="max-w-64 tabular"
        value={utcToLocalInput(value)}
        min={min === undefined ? undefined : utcToLocalInput(min)}
        disabled={isDisabled}
        onBlur={onBlur}
        onChange={(event) => onChange(localInputToUtc(event.target.value))}
      />
      <span className="text-small text-muted">
        {Intl.DateTimeFormat().resolvedOptions().timeZone}
      </span>
    </span>
  );
}

interface DateFieldProps extends Omit<DateTimeFieldProps, 'min'> {
  /** The earliest day, `YYYY-MM-DD`. */
  min?: string;
}

/** A day without a time zone, `YYYY-MM-DD`. */
export function DateField({
  value,
  onChange,
  onBlur,
  min,
  name,
  isDisabled,
}: DateFieldProps): ReactNode {
  return (
    <Input
      type="date"
      name={name}
      className="max-w-48 tabular"
      value={value}
      min={min}
      disabled={isDisabled}
      onBlur={onBlur}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
