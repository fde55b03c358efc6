import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Badge } from '@/shared/ui/badge';
import { buttonClasses } from '@/shared/ui/button';
import { Section } from '@/shared/ui/page';
import { SkeletonRows } from '@/shared/ui/states';

import { errorsFileUrl, type ImportView, rowErrorsQuery } from '../api/queries';

/** The first rows that were refused or warned of with their reasons, and all of them as a file. */
export function RowErrors({ run, checked }: { run: ImportView; checked: boolean }): ReactNode {
  const { t } = useTranslation('imports');
  const query = useQuery(rowErrorsQuery(run.id, checked));
  const headers = new Map(
    run.mapping?.columns.map((column) => [column.index, column.header]) ?? [],
  );
  const name = t as unknown as (key: string, fallback: string) => string;
  return (
    <Section
      title={t('errors.title')}
      text={t('errors.text')}
      actions={
        <a href={errorsFileUrl(run.id, checked)} download className={buttonClasses()}>
          <Download aria-hidden className="size-4" />
          {t('errors.download')}
        </a>
      }
    >
      {query.data === undefined && <Awaiting query={query} skeleton={<SkeletonRows rows={3} />} />}
      {query.isSuccess && (
        <ul className="divide-y divide-line">
          {query.data.items.map((row) => (
            <li
              key={row.row}
              className="flex flex-col gap-x-4 gap-y-1 py-2.5 text-body sm:flex-row"
            >
              <span className="flex shrink-0 items-center gap-x-3 gap-y-1 whitespace-nowrap text-muted tabular sm:min-w-40 sm:flex-col sm:items-start">
                {t('errors.row', { row: row.row })}
                <Badge tone={row.refused ? 'stopped' : 'waiting'}>
                  {t(row.refused ? 'errors.refused' : checked ? 'errors.to_pass' : 'errors.passed')}
                </Badge>
              </span>
              <ul className="min-w-0 flex-1">
                {row.errors.map((error) => (
                  <li key={`${error.field}-${error.code}`}>
                    <span className="font-medium">
                      {(error.column !== null && headers.get(error.column)) ||
                        name(`fields.${error.field}`, error.field)}
                    </span>
                    {': '}
                    {error.detail}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
