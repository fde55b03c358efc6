import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';
import { Link } from '@/shared/ui/link';
import { Section } from '@/shared/ui/page';

import { importPicturesQuery, type ImportView } from '../api/queries';

/** How many pictures came with an import, and which did not and why; nothing when it named none. */
export function Pictures({ run }: { run: ImportView }): ReactNode {
  const { t } = useTranslation('imports');
  const { data } = useQuery(importPicturesQuery(run.id));
  // A reason that the server begins to report has no words yet: the general one holds.
  const reason = t as unknown as (key: string, fallback: string) => string;
  if (data === undefined || data.waiting + data.stored + data.failed === 0) return null;
  const { stored, waiting, failed } = data;
  return (
    <Section title={t('album')}>
      <p role="status" className="text-body tabular">
        {[
          t('pictures.stored', { count: stored, formatted: formatNumber(stored) }),
          ...(waiting > 0 ? [t('pictures.waiting', { formatted: formatNumber(waiting) })] : []),
          ...(failed > 0 ? [t('pictures.failed', { formatted: formatNumber(failed) })] : []),
        ].join(' · ')}
      </p>
      {data.failures.length > 0 && (
        <ul className="divide-y divide-line">
          {data.failures.map((one) => (
            <li key={`${one.product_id}-${one.name}`} className="py-2.5 text-body">
              <p className="flex flex-wrap gap-x-3">
                <Link
                  to="/app/products/$productId"
                  params={{ productId: one.product_id }}
                  search={{ tab: 'images' }}
                >
                  {one.sku}
                </Link>
                <span className="min-w-0 break-all text-muted">{one.name}</span>
              </p>
              <p>{reason(`pictures.reasons.${one.code}`, t('pictures.reasons.other'))}</p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Files of the archive that no accepted row means, so that their names are mended before the import. */
export function UnusedFiles({ run }: { run: ImportView }): ReactNode {
  const { t } = useTranslation('imports');
  const unused = run.check_report.unused ?? [];
  if (unused.length === 0) return null;
  return (
    <Section title={t('pictures.unused')} text={t('pictures.unused_text')}>
      <p className="text-body break-words">{unused.join(', ')}</p>
    </Section>
  );
}
