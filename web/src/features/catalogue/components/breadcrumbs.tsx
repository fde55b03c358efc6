import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { type NamedCategory, useCategoryNames } from '@/shared/categories/tree';
import { Link } from '@/shared/ui/link';

const STEP = 'inline-flex items-center py-1 pointer-coarse:min-h-11';

interface BreadcrumbsProps {
  /** From the widest category on. */
  path: readonly NamedCategory[];
  /** The page itself, where it is no category. */
  here?: string;
}

/** Where a page is in the catalogue, with ways up. */
export function Breadcrumbs({ path, here }: BreadcrumbsProps): ReactNode {
  const { t } = useTranslation('catalogue');
  const names = useCategoryNames();
  const last = here === undefined ? path[path.length - 1] : undefined;
  return (
    <nav aria-label={t('breadcrumbs')} className="text-small text-muted">
      <ol className="flex flex-wrap items-center gap-x-1.5">
        <li>
          <Link to="/catalogue" className={STEP}>
            {t('title')}
          </Link>
        </li>
        {path.map((one) => (
          <li key={one.id} className="flex items-center gap-x-1.5">
            <ChevronRight aria-hidden className="size-3.5 text-faint" />
            {one === last ? (
              <span aria-current="page">{names.of(one)}</span>
            ) : (
              <Link to="/catalogue/$category" params={{ category: one.code }} className={STEP}>
                {names.of(one)}
              </Link>
            )}
          </li>
        ))}
        {here !== undefined && (
          <li className="flex min-w-0 items-center gap-x-1.5">
            <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint" />
            <span aria-current="page" className="truncate">
              {here}
            </span>
          </li>
        )}
      </ol>
    </nav>
  );
}
