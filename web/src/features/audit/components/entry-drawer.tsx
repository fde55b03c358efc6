import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatDateTime } from '@/shared/dates/format';
import { Drawer } from '@/shared/ui/dialog';
import { DescriptionList, Section } from '@/shared/ui/page';

import type { AuditEntry } from '../api/queries';
import { changesOf, valueText } from '../model/changes';
import { useActionWords } from './action-words';

/** One entry with everything that is known of it. */
export function EntryDrawer({
  entry,
  onClose,
}: {
  entry: AuditEntry | undefined;
  onClose: () => void;
}): ReactNode {
  const words = useActionWords();
  return (
    <Drawer
      isOpen={entry !== undefined}
      onClose={onClose}
      isWide
      title={entry === undefined ? '' : words.action(entry.action)}
      text={entry?.target.label}
    >
      {entry !== undefined && <EntryDetails entry={entry} />}
    </Drawer>
  );
}

function EntryDetails({ entry }: { entry: AuditEntry }): ReactNode {
  const { t } = useTranslation('audit');
  const code = (value: string | null): ReactNode =>
    value === null ? null : <code className="font-mono text-small break-all">{value}</code>;
  return (
    <div className="flex flex-col gap-6">
      <DescriptionList
        items={[
          { term: t('columns.when'), value: formatDateTime(entry.occurred_at) },
          {
            term: t('columns.who'),
            value: entry.actor.id === null ? t('clock') : entry.actor.name,
          },
          { term: t('reason'), value: entry.reason },
          { term: t('ip'), value: code(entry.ip) },
        ]}
      />
      <Changes entry={entry} />
      <Section title={t('proof')} text={t('proof_text')}>
        <DescriptionList
          columns={1}
          items={[
            { term: t('position'), value: entry.position },
            { term: t('hash'), value: code(entry.hash) },
            { term: t('request_id'), value: code(entry.request_id) },
          ]}
        />
      </Section>
    </div>
  );
}

function Changes({ entry }: { entry: AuditEntry }): ReactNode {
  const { t } = useTranslation('audit');
  const words = useActionWords();
  const changes = changesOf(entry.before, entry.after);
  return (
    <Section title={t('changes')}>
      {changes.length === 0 ? (
        <p className="text-body text-muted">{t('no_changes')}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line rounded-base border border-line">
          {changes.map(({ field, before, after }) => (
            <li key={field} className="flex flex-col gap-1.5 p-3">
              <span className="text-small font-medium">{words.field(field)}</span>
              <div className="grid gap-2 sm:grid-cols-2">
                <Side label={t('before')} value={before} tone="bg-stopped-soft text-stopped" />
                <Side label={t('after')} value={after} tone="bg-done-soft text-done" />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Side({ label, value, tone }: { label: string; value: unknown; tone: string }): ReactNode {
  return (
    <div className={`min-w-0 rounded-base px-2.5 py-1.5 ${tone}`}>
      <span className="block text-caption">{label}</span>
      <pre className="max-h-64 overflow-auto font-sans text-small break-words whitespace-pre-wrap text-ink">
        {valueText(value)}
      </pre>
    </div>
  );
}
