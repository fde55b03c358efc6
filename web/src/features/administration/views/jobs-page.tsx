import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { Tabs } from '@/shared/ui/tabs';

import { DeadLetterList } from '../components/dead-letter-list';
import { JobList } from '../components/job-list';
import type { JobsSearch } from '../model/search';

interface JobsPageProps {
  search: JobsSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** What the platform does behind the pages, and what went wrong with it. */
export function JobsPage({ search, onSearch }: JobsPageProps): ReactNode {
  const { t } = useTranslation('admin');
  const isAllowed = useCan()('jobs:manage');
  return (
    <PageBody>
      <PageHeader title={t('title')} text={t('text')} />
      {isAllowed ? (
        <Tabs
          label={t('title')}
          value={search.tab ?? 'jobs'}
          onChange={(tab) => onSearch({ tab: tab === 'jobs' ? undefined : tab })}
          tabs={[
            {
              value: 'jobs',
              label: t('jobs'),
              content: <JobList search={search} onSearch={onSearch} />,
            },
            {
              value: 'events',
              label: t('events'),
              content: <DeadLetterList search={search} onSearch={onSearch} />,
            },
          ]}
        />
      ) : (
        <Card>
          <EmptyState title={t('forbidden')} text={t('forbidden_text')} />
        </Card>
      )}
    </PageBody>
  );
}
