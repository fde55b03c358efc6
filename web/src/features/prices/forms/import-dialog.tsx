import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import type { FileView } from '@/shared/api/types';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { FileDrop } from '@/shared/ui/file-drop';
import { ProgressBar } from '@/shared/ui/progress';

import { useBeginPriceImport } from '../api/mutations';
import { type ImportView, priceImportQuery, refusedPricesQuery } from '../api/queries';
import { ImportMapping } from './import-mapping';

const TABLES = '.csv,.tsv,.txt,.xlsx,.xls,.ods';

/** Brings prices in from a table: it is read, shown how it was understood, and written by a job. */
export function ImportDialog({
  listId,
  onClose,
}: {
  listId: string;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('prices');
  const begin = useBeginPriceImport(listId);
  const [files, setFiles] = useState<FileView[]>([]);
  const file = files[0];
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('import.title')}
      text={t('import.text')}
      size="medium"
    >
      {begin.data === undefined ? (
        <div className="flex flex-col gap-4">
          {begin.isError && <Banner tone="stopped">{problemText(begin.error).message}</Banner>}
          <Field label={t('import.file')} isRequired>
            <FileDrop
              files={files}
              onChange={setFiles}
              accept={TABLES}
              countMax={1}
              purpose="import"
            />
          </Field>
          <div>
            <Button
              variant="primary"
              disabled={file === undefined}
              isPending={begin.isPending}
              onClick={() => file !== undefined && begin.mutate(file.id)}
            >
              {t('import.begin')}
            </Button>
          </div>
        </div>
      ) : (
        <Followed importId={begin.data.id} />
      )}
    </Dialog>
  );
}

function Followed({ importId }: { importId: string }): ReactNode {
  const { t } = useTranslation('prices');
  const { data: run } = useQuery(priceImportQuery(importId));
  if (run === undefined || run.state === 'reading') return <p>{t('import.reading')}</p>;
  if (run.state === 'running') {
    return <ProgressBar label={t('import.working')} value={run.progress} />;
  }
  if (run.state === 'failed' || run.state === 'cancelled') {
    return <Banner tone="stopped">{t('import.failed')}</Banner>;
  }
  if (run.state === 'finished') return <Result run={run} />;
  if (run.mapping === null) return <Banner tone="stopped">{t('import.failed')}</Banner>;
  return <ImportMapping key={run.version} run={run} mapping={run.mapping} />;
}

function Result({ run }: { run: ImportView }): ReactNode {
  const { t } = useTranslation('prices');
  const { created, updated, unchanged, refused } = run.report;
  return (
    <div className="flex flex-col gap-3">
      <p>
        {t('import.report', {
          created: created ?? 0,
          updated: updated ?? 0,
          unchanged: unchanged ?? 0,
          refused: refused ?? 0,
        })}
      </p>
      {(refused ?? 0) > 0 && <Refused importId={run.id} />}
      {(refused ?? 0) > 0 && (
        <a
          className="text-accent underline underline-offset-4"
          href={`/api/v1/price-lists/import/${run.id}/errors/file`}
          download
        >
          {t('import.errors')}
        </a>
      )}
    </div>
  );
}

/** Why the first of the refused rows were refused. */
function Refused({ importId }: { importId: string }): ReactNode {
  const { t } = useTranslation('prices');
  const { data } = useQuery(refusedPricesQuery(importId));
  return (
    <ul className="flex flex-col gap-1 text-small text-muted">
      {(data?.items ?? []).map(({ row, errors }) => (
        <li key={row}>
          {t('import.row', {
            row,
            reason: errors.map((one) => one.detail).join(' '),
          })}
        </li>
      ))}
    </ul>
  );
}
