import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';

import { IconButton } from '../icon-button';
import { Select } from '../input';
import { PAGE_SIZE_DEFAULT, PAGE_SIZES } from './search';

interface PaginationProps {
  page: number;
  size: number;
  total: number;
  pages: number;
  /** What changes in the address; the first page and the usual size are not named there. */
  onSearch: (place: { page: number | undefined; size?: number | undefined }) => void;
}

/** Which rows of how many, and the ways to the others. */
export function Pagination({ page, size, total, pages, onSearch }: PaginationProps): ReactNode {
  const { t } = useTranslation('ui');
  const goTo = (wanted: number): void => onSearch({ page: wanted === 1 ? undefined : wanted });
  const showBy = (wanted: number): void =>
    onSearch({ page: undefined, size: wanted === PAGE_SIZE_DEFAULT ? undefined : wanted });
  const from = total === 0 ? 0 : (page - 1) * size + 1;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5 text-small text-muted">
      <span className="tabular" aria-live="polite">
        {t('table.range', {
          from: formatNumber(from),
          to: formatNumber(Math.min(page * size, total)),
          total: formatNumber(total),
        })}
      </span>
      <div className="flex items-center gap-1.5">
        <span className="hidden sm:inline">{t('table.rows_per_page')}</span>
        <Select
          aria-label={t('table.rows_per_page')}
          className="w-20"
          value={String(size)}
          onChange={(event) => showBy(Number(event.target.value))}
          choices={[...new Set([...PAGE_SIZES, size])]
            .sort((a, b) => a - b)
            .map((one) => ({ value: String(one), label: String(one) }))}
        />
        <IconButton
          icon={ChevronLeft}
          label={t('table.previous')}
          disabled={page <= 1}
          onClick={() => goTo(page - 1)}
        />
        <IconButton
          icon={ChevronRight}
          label={t('table.next')}
          disabled={page >= pages}
          onClick={() => goTo(page + 1)}
        />
      </div>
    </div>
  );
}
