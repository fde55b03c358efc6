import * as z from 'zod/mini';

export const JOB_STATES = ['waiting', 'running', 'succeeded', 'failed', 'cancelled'] as const;

export const jobsSearch = z.object({
  tab: z.catch(z.optional(z.enum(['jobs', 'events'])), undefined),
  state: z.catch(z.optional(z.enum(JOB_STATES)), undefined),
  queue: z.catch(z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]+$/))), undefined),
  handler: z.catch(z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.]+$/))), undefined),
});

export type JobsSearch = z.infer<typeof jobsSearch>;
