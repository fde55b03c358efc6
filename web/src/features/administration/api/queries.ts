import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

import type { JobsSearch } from '../model/search';

export type Job = components['schemas']['JobView'];
export type DeadLetter = components['schemas']['DeadLetterView'];

const REFRESH_MS = 15_000;

/** Jobs of the whole platform, newest first. */
export const jobsQuery = ({ state, queue }: JobsSearch) =>
  infiniteQueryOptions({
    queryKey: ['jobs', { state, queue }],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/admin/jobs', {
          params: {
            query: {
              state,
              queue,
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // Jobs tell nobody of themselves, so the desk looks again.
    refetchInterval: REFRESH_MS,
  });

/** Events that a handler was not able to take, newest first. */
export const deadLettersQuery = ({ handler }: JobsSearch) =>
  infiniteQueryOptions({
    queryKey: ['dead-letters', { handler }],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/admin/dead-letters', {
          params: {
            query: {
              handler,
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** Puts a failed job back into its queue. */
export function useRetryJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Job) =>
      api.POST('/api/v1/admin/jobs/{job_id}/retry', { params: { path: { job_id: id } } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

/** Returns what gives a failed job up for good. */
export function useDiscardJob(): (job: Job) => Promise<void> {
  const client = useQueryClient();
  return async ({ id }) => {
    await unwrap(
      api.POST('/api/v1/admin/jobs/{job_id}/discard', { params: { path: { job_id: id } } }),
    );
    await client.invalidateQueries({ queryKey: ['jobs'] });
  };
}

/** Lets a handler have an event again. */
export function useRetryDelivery() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ sequence, handler }: DeadLetter) =>
      api.POST('/api/v1/admin/dead-letters/{sequence}/{handler}/retry', {
        params: { path: { sequence, handler } },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['dead-letters'] }),
  });
}

/** Returns what lets a handler do without an event for good. */
export function useDiscardDelivery(): (letter: DeadLetter) => Promise<void> {
  const client = useQueryClient();
  return async ({ sequence, handler }) => {
    await unwrap(
      api.POST('/api/v1/admin/dead-letters/{sequence}/{handler}/discard', {
        params: { path: { sequence, handler } },
      }),
    );
    await client.invalidateQueries({ queryKey: ['dead-letters'] });
  };
}
