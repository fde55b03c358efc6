import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Download, History } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { buttonClasses } from '@/shared/ui/button';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { DateField } from '@/shared/ui/date-fields';
import { Feed } from '@/shared/ui/feed';
import { Field } from '@/shared/ui/field';
import { FilterBar } from '@/shared/ui/filter-bar';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';

import { actorsQuery, auditQuery, exportUrl } from '../api/queries';
import { useActionWords } from '../components/action-words';
import { EntryDrawer } from '../components/entry-drawer';
import { EntryRow } from '../components/entry-row';
import { useVerification } from '../components/verify-chain';
import { AUDIT_NOUNS, type AuditSearch } from '../model/search';

interface AuditPageProps {
  organisationId: string;
  search: AuditSearch;
  onSearch: (patch: SearchPatch) => void;
}

const FILTERS = ['q', 'action', 'actor', 'from', 'to'] as const;

/** The organisation's trail: who did what when, what it changed, and the proof that nothing was altered since. */
export function AuditPage({ organisationId, search, onSearch }: AuditPageProps): ReactNode {
  const { t } = useTranslation('audit');
  const query = useInfiniteQuery(auditQuery(search));
  const verification = useVerification();
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = entries.find((entry) => entry.sequence === search.entry);
  const oldest = entries.at(-1)?.sequence ?? 0;
  const { hasNextPage, isFetching, fetchNextPage } = query;
  // An entry that somebody was sent may be older than what was read so far.
  const isOlder = search.entry !== undefined && open === undefined && search.entry < oldest;
  useEffect(() => {
    if (isOlder && hasNextPage && !isFetching) void fetchNextPage();
  }, [isOlder, hasNextPage, isFetching, fetchNextPage]);
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          <>
            {(['csv', 'jsonl'] as const).map((format) => (
              <a key={format} href={exportUrl(search, format)} download className={buttonClasses()}>
                <Download aria-hidden className="size-4" />
                {format === 'csv' ? 'CSV' : 'JSONL'}
              </a>
            ))}
            {verification.button}
          </>
        }
      />
      {verification.result}
      <Feed
        query={query}
        isFiltered={FILTERS.some((name) => search[name] !== undefined)}
        onReset={() => onSearch(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
        empty={<EmptyState icon={History} title={t('empty')} text={t('empty_text')} />}
        filters={
          <AuditFilters organisationId={organisationId} search={search} onSearch={onSearch} />
        }
      >
        {(entries) => (
          <ul className="divide-y divide-line">
            {entries.map((entry) => (
              <EntryRow
                key={entry.sequence}
                entry={entry}
                onOpen={() => onSearch({ entry: entry.sequence })}
              />
            ))}
          </ul>
        )}
      </Feed>
      <EntryDrawer entry={open} onClose={() => onSearch({ entry: undefined })} />
    </PageBody>
  );
}

function AuditFilters({ organisationId, search, onSearch }: AuditPageProps): ReactNode {
  const { t } = useTranslation('audit');
  const words = useActionWords();
  const { data: actors = [] } = useQuery(actorsQuery(organisationId));
  return (
    <>
      <FilterBar
        q={search.q}
        onSearch={onSearch}
        filters={[
          {
            name: 'action',
            label: t('columns.what'),
            value: search.action,
            choices: AUDIT_NOUNS.map((value) => ({ value, label: words.noun(value) })),
          },
          { name: 'actor', label: t('columns.who'), value: search.actor, choices: actors },
        ]}
      />
      {(['from', 'to'] as const).map((name) => (
        <Field key={name} label={t(name)} isRequired isLabelHidden>
          <span className="flex items-center gap-2 text-small text-muted">
            <span aria-hidden>{t(name)}</span>
            <DateField
              value={search[name] ?? ''}
              onChange={(value) => onSearch({ [name]: value })}
            />
          </span>
        </Field>
      ))}
    </>
  );
}
