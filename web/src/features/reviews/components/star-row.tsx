import { Star } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from '@/shared/ui/classes';

const STARS = [1, 2, 3, 4, 5] as const;

/** So many stars of five, as a picture with words for those who do not see it. */
export function StarRow({ rating }: { rating: number }): ReactNode {
  const { t } = useTranslation('reviews');
  return (
    <span
      role="img"
      aria-label={t('stars', { count: rating })}
      className="inline-flex text-waiting"
    >
      {STARS.map((star) => (
        <Star
          key={star}
          aria-hidden
          className={classes('size-4', star <= rating ? 'fill-current' : 'text-muted opacity-40')}
        />
      ))}
    </span>
  );
}

interface StarInputProps {
  value: number;
  onChange: (value: number) => void;
  label: string;
}

/** A choice of one to five stars: five radio buttons that look like stars. */
export function StarInput({ value, onChange, label }: StarInputProps): ReactNode {
  const { t } = useTranslation('reviews');
  return (
    <fieldset>
      <legend className="mb-1 text-small font-medium">{label}</legend>
      <span className="inline-flex gap-1">
        {STARS.map((star) => (
          <label key={star} className="cursor-pointer rounded-base focus-within:outline-2">
            <input
              type="radio"
              name="rating"
              value={star}
              checked={value === star}
              onChange={() => onChange(star)}
              className="sr-only"
              aria-label={t('stars', { count: star })}
            />
            <Star
              aria-hidden
              className={classes('size-7 text-waiting', star <= value ? 'fill-current' : '')}
            />
          </label>
        ))}
      </span>
    </fieldset>
  );
}
