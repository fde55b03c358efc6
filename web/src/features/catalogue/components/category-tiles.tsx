import { useQuery } from '@tanstack/react-query';
import { createElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { levelQuery, useCategoryNames } from '@/shared/categories/tree';
import { Awaiting } from '@/shared/ui/awaiting';
import { classes } from '@/shared/ui/classes';
import { Link } from '@/shared/ui/link';
import { Skeleton } from '@/shared/ui/states';

import { categoryIcon } from './category-icons';

export const SHOWN_AT_FIRST = 12;

/** The widest categories, each a way into the catalogue. */
export function CategoryTiles({ isCompact = false }: { isCompact?: boolean }): ReactNode {
  const { t } = useTranslation('catalogue');
  const names = useCategoryNames();
  const query = useQuery(levelQuery(null));
  const { data } = query;
  if (data === undefined)
    return (
      <Awaiting
        query={query}
        skeleton={
          <div className={TILE_GRID}>
            {Array.from({ length: SHOWN_AT_FIRST }, (_, index) => (
              <Skeleton key={index} className={isCompact ? 'h-12' : 'h-20'} />
            ))}
          </div>
        }
      />
    );
  return (
    <nav aria-label={t('home.categories')}>
      <ul className={TILE_GRID}>
        {data.items.slice(0, isCompact ? SHOWN_AT_FIRST : undefined).map((one) => (
          <li
            key={one.id}
            className={classes(
              'relative flex min-w-0 items-center gap-3 rounded-base border border-line bg-surface hover:border-control',
              isCompact ? 'px-3 py-2.5' : 'px-4 py-4',
            )}
          >
            {createElement(categoryIcon(one.icon), {
              'aria-hidden': true,
              className: 'size-5 shrink-0 text-accent',
            })}
            <Link
              to="/catalogue/$category"
              params={{ category: one.code }}
              className="min-w-0 text-body font-medium break-words text-ink decoration-transparent before:absolute before:inset-0 hover:text-accent"
            >
              {names.of(one)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How tiles stand side by side; what is drawn before the app has come looks for it. */
export const TILE_GRID = 'grid grid-cols-2 gap-2 sm:gap-3 md:grid-cols-3 lg:grid-cols-4';
