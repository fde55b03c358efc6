import { useQuery } from '@tanstack/react-query';
import { FileSpreadsheet } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { FileView } from '@/shared/api/types';
import { formatNumber } from '@/shared/money/money';
import { useCan } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Banner } from '@/shared/ui/banner';
import { StatusBadge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { FileDrop } from '@/shared/ui/file-drop';
import { Link } from '@/shared/ui/link';
import { Card, PageBody, PageHeader, Section } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { DateTime } from '@/shared/ui/values';

import { importsQuery, useBeginImport } from '../api/queries';

const TABLES = '.csv,.tsv,.txt,.xlsx,.xls,.ods';
const FILE_MAX_BYTES = 300 * 1024 * 1024;

/** Where an import begins: the file, pictures beside it, and what was imported before. */
export function ImportStart({ onBegun }: { onBegun: (importId: string) => void }): ReactNode {
  const { t } = useTranslation('imports');
  const can = useCan();
  const [table, setTable] = useState<FileView[]>([]);
  const [album, setAlbum] = useState<FileView[]>([]);
  const begin = useBeginImport();
  const file = table[0];
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        text={t('text')}
        eyebrow={<Link to="/app/products">{t('products')}</Link>}
      />
      {can('products:write') ? (
        <Card className="flex flex-col gap-5">
          <Field label={t('file')} hint={t('file_hint')} isRequired>
            <FileDrop
              files={table}
              onChange={setTable}
              accept={TABLES}
              countMax={1}
              sizeMaxBytes={FILE_MAX_BYTES}
              purpose="import"
            />
          </Field>
          <Field label={t('album')} hint={t('album_hint')}>
            <FileDrop
              files={album}
              onChange={setAlbum}
              accept=".zip"
              countMax={1}
              sizeMaxBytes={FILE_MAX_BYTES}
              purpose="import"
            />
          </Field>
          <div>
            <Button
              variant="primary"
              disabled={file === undefined}
              isPending={begin.isPending}
              onClick={() => {
                if (file === undefined) return;
                begin.mutate(
                  { media_id: file.id, archive_media_id: album[0]?.id ?? null },
                  { onSuccess: ({ id }) => onBegun(id) },
                );
              }}
            >
              {t('begin')}
            </Button>
          </div>
        </Card>
      ) : (
        <Banner>{t('not_allowed')}</Banner>
      )}
      <Section title={t('history')}>
        <History />
      </Section>
    </PageBody>
  );
}

function History(): ReactNode {
  const { t } = useTranslation('imports');
  const query = useQuery(importsQuery);
  if (query.data === undefined)
    return <Awaiting query={query} skeleton={<SkeletonRows rows={3} />} />;
  if (query.data.items.length === 0) {
    return <EmptyState icon={FileSpreadsheet} title={t('none')} text={t('none_text')} />;
  }
  return (
    <ul className="divide-y divide-line">
      {query.data.items.map((run) => (
        <li key={run.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3">
          <Link
            to="/app/products/import/$importId"
            params={{ importId: run.id }}
            className="min-w-0 flex-1 basis-52 truncate font-medium"
          >
            {run.file_name}
          </Link>
          {(run.report.rows ?? 0) > 0 && (
            <span className="text-small text-muted tabular">
              {t('rows_count', {
                count: run.report.rows ?? 0,
                formatted: formatNumber(run.report.rows ?? 0),
              })}
            </span>
          )}
          <StatusBadge noun="import" status={run.state} />
          <span className="text-small text-muted">
            <DateTime value={run.created_at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
