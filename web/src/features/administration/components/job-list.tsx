import { useInfiniteQuery } from '@tanstack/react-query';
import { ListChecks, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { Feed } from '@/shared/ui/feed';
import { FilterBar } from '@/shared/ui/filter-bar';
import { EmptyState } from '@/shared/ui/states';
import type { Tone } from '@/shared/ui/status-tones';
import { showDone } from '@/shared/ui/toast';
import { RelativeTime } from '@/shared/ui/values';

import { type Job, jobsQuery, useDiscardJob, useRetryJob } from '../api/queries';
import { JOB_STATES, type JobsSearch } from '../model/search';
import { DiscardButton } from './discard-button';
import { Failure } from './failure';

const TONES: Record<Job['state'], Tone> = {
  waiting: 'waiting',
  running: 'open',
  succeeded: 'done',
  failed: 'stopped',
  cancelled: 'draft',
};

interface DeskListProps {
  search: JobsSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** Jobs of the queue, with another chance for what failed. */
export function JobList({ search, onSearch }: DeskListProps): ReactNode {
  const { t } = useTranslation('admin');
  const query = useInfiniteQuery(jobsQuery(search));
  return (
    <Feed
      query={query}
      isFiltered={search.state !== undefined || search.queue !== undefined}
      onReset={() => onSearch({ state: undefined, queue: undefined })}
      empty={<EmptyState icon={ListChecks} title={t('jobs_empty')} text={t('jobs_empty_text')} />}
      filters={
        <FilterBar
          hasSearch={false}
          onSearch={({ state }) => onSearch({ state: JOB_STATES.find((one) => one === state) })}
          filters={[
            {
              name: 'state',
              label: t('state'),
              value: search.state,
              choices: JOB_STATES.map((value) => ({ value, label: t(`states.${value}`) })),
            },
          ]}
        />
      }
    >
      {(jobs) => (
        <ul className="divide-y divide-line">
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </ul>
      )}
    </Feed>
  );
}

function JobRow({ job }: { job: Job }): ReactNode {
  const { t } = useTranslation('admin');
  const retry = useRetryJob();
  const discard = useDiscardJob();
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-56">
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <code className="font-mono text-small font-medium break-all">{job.name}</code>
            <Badge tone={TONES[job.state]}>{t(`states.${job.state}`)}</Badge>
          </p>
          <p className="mt-0.5 text-small text-muted">
            #{job.id} · {t('queue')} {job.queue} · {t('attempts', { count: job.attempts })} ·{' '}
            <RelativeTime value={job.failed_at ?? job.run_at ?? job.enqueued_at} />
          </p>
        </div>
        {job.state === 'failed' && (
          <div className="flex flex-wrap gap-2">
            <Button
              size="small"
              icon={RotateCw}
              isPending={retry.isPending}
              onClick={() => retry.mutate(job, { onSuccess: () => showDone(t('retried')) })}
            >
              {t('retry')}
            </Button>
            <DiscardButton
              name={job.name}
              text={t('discard_job_text')}
              done={t('job_discarded')}
              onDiscard={() => discard(job)}
            />
          </div>
        )}
      </div>
      <Failure error={job.error} />
    </li>
  );
}
