import { problemText } from '@/shared/api/problem-text';

// Nobody needs a toast before the first page is there, so its code comes after.
const sonner = () => import('sonner');

/** Says that something was done. */
export function showDone(message: string): void {
  void sonner().then(({ toast }) => toast.success(message));
}

/** Says what went wrong, in the reader's language, with the id that support can look up. */
export function showProblem(error: unknown): void {
  const { message, requestId } = problemText(error);
  const more = requestId === null ? {} : { description: requestId };
  void sonner().then(({ toast }) => toast.error(message, more));
}

/** Tells something that asks for nothing, optionally with one thing to do about it. */
export function showNews(message: string, action?: { label: string; onClick: () => void }): void {
  void sonner().then(({ toast }) => toast(message, action === undefined ? {} : { action }));
}
