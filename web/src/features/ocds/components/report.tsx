import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Badge } from '@/shared/ui/badge';
import { Link } from '@/shared/ui/link';
import { Card, Section } from '@/shared/ui/page';
import type { Tone } from '@/shared/ui/status-tones';

import type { ImportReport, ImportRow, ReleaseNote } from '../api/imports';

const OUTCOMES = ['created', 'updated', 'unchanged', 'refused'] as const;
const TONES: Record<ImportRow['outcome'], Tone> = {
  created: 'done',
  updated: 'open',
  unchanged: 'draft',
  refused: 'stopped',
};

/** What became of every release of the file, in its order. */
export function Report({ report, name }: { report: ImportReport; name: string }): ReactNode {
  const { t } = useTranslation('ocds');
  return (
    <Section title={t('report.title', { name })}>
      <p role="status" className="flex flex-wrap gap-2">
        {OUTCOMES.filter((outcome) => report[outcome] > 0).map((outcome) => (
          <Badge key={outcome} tone={TONES[outcome]}>
            {t(`counts.${outcome}`, { count: report[outcome] })}
          </Badge>
        ))}
      </p>
      <Card isFlush>
        <ol className="divide-y divide-line">
          {report.releases.map((row) => (
            <Row key={row.index} row={row} />
          ))}
        </ol>
      </Card>
    </Section>
  );
}

function Row({ row }: { row: ImportRow }): ReactNode {
  const { t } = useTranslation('ocds');
  return (
    <li className="flex flex-col gap-2 px-4 py-3 text-body">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="w-8 text-small text-muted tabular">{row.index + 1}</span>
        <Badge tone={TONES[row.outcome]}>{t(`outcomes.${row.outcome}`)}</Badge>
        {row.request_id !== null && (
          <Link to="/app/requests/$requestId" params={{ requestId: row.request_id }}>
            {row.request_title}
          </Link>
        )}
        <span className="min-w-0 text-small break-all text-muted">
          {row.id ?? row.ocid ?? t('report.unnamed')}
        </span>
      </div>
      {row.warnings.length > 0 && (
        <ul className="flex flex-col gap-1 pl-11 text-small">
          {row.warnings.map((note, position) => (
            <Note key={position} note={note} />
          ))}
          {row.warnings_left_out > 0 && (
            <li className="text-muted">{t('report.more', { count: row.warnings_left_out })}</li>
          )}
        </ul>
      )}
    </li>
  );
}

function Note({ note }: { note: ReleaseNote }): ReactNode {
  const { t } = useTranslation('ocds');
  // Keys are built from the server's codes; a code that has no words yet shows the server's message.
  const translate = t as unknown as (key: string, fallback: string) => string;
  return (
    <li className="flex flex-wrap gap-x-2" title={note.message}>
      <span>{translate(`codes.${note.code}`, note.message)}</span>
      {note.path !== '' && <code className="break-all text-muted">{note.path}</code>}
    </li>
  );
}
