import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { MoneyValue } from '@/shared/api/types';
import { formatDate, formatDateTime, formatRelative, remainingUntil } from '@/shared/dates/format';
import { useNow } from '@/shared/hooks/browser';
import { formatMoney } from '@/shared/money/money';

import { classes } from './classes';

const MINUTE_MS = 60_000;

/** Money in the reader's language, never broken over lines. */
export function Money({
  value,
  className,
}: {
  value: MoneyValue | null | undefined;
  className?: string;
}): ReactNode {
  useTranslation();
  if (value === null || value === undefined) return '—';
  return (
    <span className={classes('whitespace-nowrap tabular', className)}>{formatMoney(value)}</span>
  );
}

/** A moment, or a day where the value is a bare date. */
export function DateTime({
  value,
  isDay = false,
}: {
  value: string | null | undefined;
  isDay?: boolean;
}): ReactNode {
  useTranslation();
  if (value === null || value === undefined) return '—';
  return (
    <time dateTime={value} className="whitespace-nowrap tabular">
      {isDay || value.length === 10 ? formatDate(value) : formatDateTime(value)}
    </time>
  );
}

/** How long ago or how soon, with the exact moment as its title. */
export function RelativeTime({ value }: { value: string | null | undefined }): ReactNode {
  useTranslation();
  const now = useNow(MINUTE_MS);
  if (value === null || value === undefined) return '—';
  return (
    <time dateTime={value} title={formatDateTime(value)} className="whitespace-nowrap">
      {formatRelative(value, now)}
    </time>
  );
}

/** The time left to a deadline; amber in the last day, red once it has passed. */
export function Countdown({ deadline }: { deadline: string }): ReactNode {
  const { t } = useTranslation('ui');
  const now = useNow(1_000);
  const left = remainingUntil(deadline, now);
  if (left === null) return <span className="text-stopped">{t('countdown.passed')}</span>;
  const text =
    left.days > 0
      ? t('countdown.days', { days: left.days, hours: left.hours })
      : left.hours > 0
        ? t('countdown.hours', { hours: left.hours, minutes: left.minutes })
        : t('countdown.minutes', { minutes: left.minutes, seconds: left.seconds });
  return (
    <time
      dateTime={deadline}
      title={formatDateTime(deadline)}
      className={classes(
        'whitespace-nowrap tabular',
        left.days === 0 && 'font-medium text-waiting',
      )}
    >
      {text}
    </time>
  );
}

const AVATAR_SIZES = {
  small: 'size-6 text-caption',
  medium: 'size-8 text-small',
  large: 'size-16 text-title',
} as const;

interface AvatarProps {
  name: string;
  url?: string | null;
  size?: keyof typeof AVATAR_SIZES;
  /** Organisations are squares, people are circles. */
  isOrganisation?: boolean;
}

/** A picture of a person or organisation, else their initials. Their name stands beside it. */
export function Avatar({
  name,
  url,
  size = 'medium',
  isOrganisation = false,
}: AvatarProps): ReactNode {
  const looks = classes(
    'inline-flex shrink-0 items-center justify-center overflow-hidden bg-accent-soft font-semibold text-on-accent-soft select-none',
    isOrganisation ? 'rounded-base' : 'rounded-full',
    AVATAR_SIZES[size],
  );
  if (url !== null && url !== undefined && url !== '') {
    return <img src={url} alt="" className={classes(looks, 'object-cover')} />;
  }
  return (
    // Drawn by the stylesheet: letters in the document would be read as a part of the name beside them.
    <span
      aria-hidden
      data-initials={initials(name)}
      className={classes(looks, 'before:content-[attr(data-initials)]')}
    />
  );
}

/** Returns up to two first letters of a name; a question mark where there is none. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const letters = [first, last].map((word) => word?.match(/[\p{L}\p{N}]/u)?.[0] ?? '').join('');
  return letters === '' ? '?' : letters.toLocaleUpperCase();
}
