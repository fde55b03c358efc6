import { problemText } from '@/shared/api/problem-text';
import { loadWords } from '@/shared/i18n/i18n';

type Sonner = typeof import('sonner').toast;

let askForHost: () => void = () => undefined;
let hostIsThere: (toast: Sonner) => void = () => undefined;
const host = new Promise<Sonner>((resolve) => {
  hostIsThere = resolve;
});

/** Registers what mounts the place where toasts appear; the first toast calls it. */
export function onFirstToast(mount: () => void): void {
  askForHost = mount;
}

/** Called by that place once it listens: what was to be told meanwhile is told now. */
export function toastHostReady(toast: Sonner): void {
  hostIsThere(toast);
}

function withToast(tell: (toast: Sonner) => void): void {
  askForHost();
  void host.then(tell);
}

/** Says that something was done. */
export function showDone(message: string): void {
  withToast((toast) => toast.success(message));
}

/** Says what went wrong, in the reader's language, with the id that support can look up. */
export function showProblem(error: unknown): void {
  void loadWords('problems').then(() => {
    const { message, requestId } = problemText(error);
    withToast((toast) =>
      toast.error(message, requestId === null ? {} : { description: requestId }),
    );
  });
}

/** Tells something that asks for nothing, optionally with one thing to do about it. */
export function showNews(message: string, action?: { label: string; onClick: () => void }): void {
  withToast((toast) => toast(message, action === undefined ? {} : { action }));
}

/** Height of what stands at the bottom of the window; toasts stand above it. */
export const BOTTOM_BAR = '--bottom-bar';

/** Keeps toasts off a bar at the bottom, whose buttons are pressed just after one has appeared: `<div ref={keepToastsOff}>`. */
export function keepToastsOff(bar: HTMLElement | null): (() => void) | undefined {
  if (bar === null) return undefined;
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => {
    style.setProperty(BOTTOM_BAR, `${bar.offsetHeight}px`);
  });
  observer.observe(bar);
  return () => {
    observer.disconnect();
    style.removeProperty(BOTTOM_BAR);
  };
}
