import { toast } from 'sonner';

import { problemText } from '@/shared/api/problem-text';

/** Says that something was done. */
export function showDone(message: string): void {
  toast.success(message);
}

/** Says what went wrong, in the reader's language, with the id that support can look up. */
export function showProblem(error: unknown): void {
  const { message, requestId } = problemText(error);
  toast.error(message, requestId === null ? {} : { description: requestId });
}

/** Tells something that asks for nothing, optionally with one thing to do about it. */
export function showNews(message: string, action?: { label: string; onClick: () => void }): void {
  toast(message, action === undefined ? {} : { action });
}
