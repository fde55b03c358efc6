import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

/** Explains the one focusable child on hover and focus. Never the only place of a fact. */
export function Tooltip({
  text,
  children,
}: {
  text: ReactNode;
  children: ReactElement;
}): ReactNode {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-72 animate-fade rounded-base bg-ink px-2 py-1 text-small text-canvas shadow-overlay"
        >
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Holds the shared delay of all tooltips. */
export function TooltipProvider({ children }: { children: ReactNode }): ReactNode {
  return <Radix.Provider delayDuration={400}>{children}</Radix.Provider>;
}
