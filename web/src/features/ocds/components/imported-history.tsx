import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Badge } from '@/shared/ui/badge';
import { Card, Section } from '@/shared/ui/page';
import { SkeletonRows } from '@/shared/ui/states';
import { DateTime, Money } from '@/shared/ui/values';

import {
  type ExternalParty,
  type ExternalRecord,
  type ImportedRelease,
  importedHistoryQuery,
} from '../api/history';
import { useOcdsWords } from './ocds-words';

/** What the standard's releases say about a request: when each came, and who quoted, won and signed elsewhere. */
export function ImportedHistory({ requestId }: { requestId: string }): ReactNode {
  const { t } = useTranslation('ocds');
  const query = useQuery(importedHistoryQuery(requestId));
  const { data } = query;
  return (
    <Section
      title={t('history.title')}
      text={
        data !== undefined && (
          <>
            {t('history.process')} <code className="font-mono break-all">{data.ocid}</code>
          </>
        )
      }
    >
      {data === undefined ? (
        <Card isFlush>
          <Awaiting query={query} skeleton={<SkeletonRows rows={3} />} />
        </Card>
      ) : (
        <>
          <Block title={t('history.releases')}>
            {data.releases.map((release) => (
              <Release key={release.release_id} release={release} />
            ))}
          </Block>
          {(['quotes', 'awards', 'contracts'] as const).map((kind) => (
            <Block key={kind} title={t(`history.${kind}`)}>
              {data[kind].map((record) => (
                <RecordRow key={record.external_id} record={record} />
              ))}
            </Block>
          ))}
          <Block title={t('history.parties')}>
            {data.parties.map((party) => (
              <Party key={party.external_id} party={party} />
            ))}
          </Block>
        </>
      )}
    </Section>
  );
}

function Block({ title, children }: { title: string; children: ReactNode[] }): ReactNode {
  if (children.length === 0) return null;
  return (
    <Card isFlush>
      <h3 className="border-b border-line bg-sunken px-4 py-2.5 text-small font-medium text-muted">
        {title}
      </h3>
      <ul className="divide-y divide-line">{children}</ul>
    </Card>
  );
}

function Release({ release }: { release: ImportedRelease }): ReactNode {
  const { t } = useTranslation('ocds');
  const words = useOcdsWords();
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 py-3 text-body">
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="font-medium">{release.tags.map(words.tag).join(', ')}</span>
        <code className="min-w-0 font-mono text-small break-all text-muted">
          {release.release_id}
        </code>
      </span>
      <span className="text-small text-muted">
        <DateTime value={release.released_at} />
        {' · '}
        {t('history.imported_by', { name: release.imported_by_name })}
      </span>
    </li>
  );
}

function RecordRow({ record }: { record: ExternalRecord }): ReactNode {
  const { t } = useTranslation('ocds');
  const words = useOcdsWords();
  const names = record.party_names.join(', ');
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 py-3 text-body">
      <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">
          {names !== '' ? names : record.title !== '' ? record.title : record.external_id}
        </span>
        {record.status !== '' && <Badge tone="draft">{words.status(record.status)}</Badge>}
      </span>
      <span className="flex flex-wrap items-baseline gap-x-4 text-small text-muted">
        {record.dated_at !== null && <DateTime value={record.dated_at} isDay />}
        {record.paid !== null && (
          <span>
            {t('history.paid')} <Money value={record.paid} />
          </span>
        )}
        {record.value !== null && (
          <Money value={record.value} className="text-body font-medium text-ink" />
        )}
      </span>
    </li>
  );
}

function Party({ party }: { party: ExternalParty }): ReactNode {
  const words = useOcdsWords();
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 py-3 text-body">
      <span className="min-w-0">
        {party.name} {party.identifier !== '' && <PartyNumber>{party.identifier}</PartyNumber>}
      </span>
      <span className="text-small text-muted">{party.roles.map(words.role).join(', ')}</span>
    </li>
  );
}

function PartyNumber({ children }: { children: ReactNode }): ReactNode {
  return <code className="font-mono text-small break-all text-muted">{children}</code>;
}
