import { ArrowDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from '@/shared/ui/classes';
import { Badge } from '@/shared/ui/badge';
import { Money } from '@/shared/ui/values';

const QUOTES = [
  { vendor: 'Temir Trade', amount: 1_084_000_000, days: 5, isBest: true },
  { vendor: 'SteelHouse', amount: 1_132_400_000, days: 3, isBest: false },
  { vendor: 'Алатау Металл', amount: 1_158_000_000, days: 7, isBest: false },
] as const;

/** A drawing of the product in its own shapes: a request and the quotes that answer it. */
export function HeroFigure(): ReactNode {
  const { t } = useTranslation(['home', 'ui']);
  return (
    <figure className="flex flex-col gap-2" aria-label={t('figure.caption')}>
      <div className="rounded-base border border-line bg-surface p-4 shadow-raised">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span className="text-reading font-semibold">{t('figure.request')}</span>
          <span className="text-reading text-muted tabular">{t('figure.quantity')}</span>
        </div>
      </div>
      <ArrowDown aria-hidden className="size-5 self-center text-faint" />
      <div className="overflow-hidden rounded-base border border-line bg-surface shadow-raised">
        <p className="border-b border-line bg-sunken px-4 py-2 text-small text-muted">
          {t('figure.quotes')}
        </p>
        <ul className="divide-y divide-line">
          {QUOTES.map((quote) => (
            <li
              key={quote.vendor}
              className={classes(
                'flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3',
                quote.isBest && 'bg-accent-soft',
              )}
            >
              <span className="min-w-28 flex-1 font-medium">{quote.vendor}</span>
              {quote.isBest && <Badge tone="done">{t('figure.best')}</Badge>}
              <span className="hidden w-16 text-right text-small text-muted tabular sm:inline">
                {t('figure.days', { count: quote.days })}
              </span>
              <Money value={{ amount: quote.amount, currency: 'KZT' }} className="font-medium" />
            </li>
          ))}
        </ul>
      </div>
    </figure>
  );
}
