import type { ReactNode } from 'react';

/** A conversation as a tab: it takes the window, and what was said last and is being typed is in sight at once. */
export function TalkTab({ children }: { children: ReactNode }): ReactNode {
  return (
    <div ref={bringIntoView} className="h-[70dvh] scroll-mb-20">
      {children}
    </div>
  );
}

function bringIntoView(element: HTMLElement | null): () => void {
  // After the router, which shows the top of whatever it has drawn.
  const frame = requestAnimationFrame(() => element?.scrollIntoView({ block: 'end' }));
  return () => cancelAnimationFrame(frame);
}
