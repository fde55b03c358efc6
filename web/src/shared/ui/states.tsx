import type { LucideIcon } from 'lucide-react';
import { CloudOff, RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { toProblem } from '@/shared/api/problem';
import { problemText } from '@/shared/api/problem-text';

import { Button } from './button';
import { classes } from './classes';

interface EmptyStateProps {
  icon?: LucideIcon;
  title: string;
  /** Says what would be here and how to get it. */
  text?: ReactNode;
  /** The next step. */
  action?: ReactNode;
  className?: string;
}

/** What a list shows while there is nothing in it: the next step, never a dead end. */
export function EmptyState({
  icon: Icon,
  title,
  text,
  action,
  className,
}: EmptyStateProps): ReactNode {
  return (
    <div className={classes('flex flex-col items-center gap-2 px-6 py-12 text-center', className)}>
      {Icon !== undefined && (
        <span className="mb-2 inline-flex size-11 items-center justify-center rounded-full bg-accent-soft text-on-accent-soft">
          <Icon aria-hidden className="size-5" />
        </span>
      )}
      <p className="text-reading font-semibold text-balance">{title}</p>
      {text !== undefined && <p className="max-w-md text-body text-balance text-muted">{text}</p>}
      {action !== undefined && (
        <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>
      )}
    </div>
  );
}

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  className?: string;
}

/** What a failed read shows: what happened, a way to try again, and the id to quote to support. */
export function ErrorState({ error, onRetry, className }: ErrorStateProps): ReactNode {
  const { t } = useTranslation(['ui', 'problems']);
  const { message, requestId } = problemText(error);
  const Icon = toProblem(error).status === 0 ? CloudOff : TriangleAlert;
  return (
    <div
      role="alert"
      className={classes('flex flex-col items-center gap-2 px-6 py-12 text-center', className)}
    >
      <span className="mb-2 inline-flex size-11 items-center justify-center rounded-full bg-stopped-soft text-stopped">
        <Icon aria-hidden className="size-5" />
      </span>
      <p className="text-reading font-semibold text-balance">{message}</p>
      {requestId !== null && (
        <p className="text-small text-muted">
          {t('request_id')} <code className="font-mono select-all">{requestId}</code>
        </p>
      )}
      {onRetry !== undefined && (
        <Button icon={RotateCw} className="mt-3" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  );
}

/** A grey shape where something is about to be. Give it the size of what comes. */
export function Skeleton({ className }: { className?: string }): ReactNode {
  return (
    <div aria-hidden className={classes('animate-shimmer rounded-base bg-hover', className)} />
  );
}

/** Lines of text about to come. */
export function SkeletonText({ lines = 3 }: { lines?: number }): ReactNode {
  return (
    <div className="flex flex-col gap-2.5">
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton
          key={index}
          className={classes('h-3.5', index === lines - 1 ? 'w-3/5' : 'w-full')}
        />
      ))}
    </div>
  );
}

/** Rows of a list or table about to come. */
export function SkeletonRows({ rows = 6 }: { rows?: number }): ReactNode {
  return (
    <div className="flex flex-col divide-y divide-line">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex items-center gap-4 px-4 py-3.5">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-4 flex-1" />
          <Skeleton className="hidden h-4 w-20 sm:block" />
        </div>
      ))}
    </div>
  );
}

/** A whole page about to come; says so to screen readers. */
export function PageSkeleton(): ReactNode {
  const { t } = useTranslation('ui');
  return (
    <div role="status" aria-label={t('loading')} className="flex flex-col gap-6">
      <Skeleton className="h-8 w-56" />
      <div className="rounded-base border border-line bg-surface">
        <SkeletonRows />
      </div>
    </div>
  );
}
