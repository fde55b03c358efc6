import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from '@/shared/ui/classes';
import { Section } from '@/shared/ui/page';

import { type ImportView, useMapImport } from '../api/queries';

const SHOWN_ROWS = 12;

interface PreviewProps {
  run: ImportView;
  mapping: NonNullable<ImportView['mapping']>;
}

/** The first rows as they stand in the file; a row's number makes it the head of the table. */
export function Preview({ run, mapping }: PreviewProps): ReactNode {
  const { t } = useTranslation('imports');
  const save = useMapImport(run.id);
  const width = Math.max(0, ...run.preview.map((row) => row.cells.length));
  return (
    <Section title={t('preview')} text={t('preview_text')}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls can be scrolled by keyboard */}
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t('preview')}>
        <table className="w-full text-small">
          <tbody>
            {run.preview.slice(0, SHOWN_ROWS).map((row) => {
              const isHead = row.number === mapping.header_row;
              return (
                <tr key={row.number} className={classes(isHead && 'bg-accent-soft font-medium')}>
                  <th scope="row" className="pr-3 text-left font-normal">
                    <button
                      type="button"
                      disabled={isHead || save.isPending}
                      aria-label={t('make_head', { row: row.number })}
                      title={t('make_head', { row: row.number })}
                      onClick={() => save.mutate({ version: run.version, header_row: row.number })}
                      className="min-w-8 rounded-base px-2 py-1 text-muted tabular hover:bg-hover"
                    >
                      {row.number}
                    </button>
                  </th>
                  {Array.from({ length: width }, (_, index) => (
                    <td key={index} className="max-w-56 truncate px-2 py-1">
                      {row.cells[index] ?? ''}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
