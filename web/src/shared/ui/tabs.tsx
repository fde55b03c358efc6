import type { KeyboardEvent, ReactNode } from 'react';
import { useId, useRef } from 'react';

import { useChosenInSight } from '@/shared/hooks/strip';

export interface Tab {
  value: string;
  label: string;
  count?: number | undefined;
  content: ReactNode;
}

interface TabsProps {
  /** The open tab; keep it in the URL. */
  value: string;
  onChange: (value: string) => void;
  label: string;
  tabs: readonly Tab[];
}

/**
 * Parts of one page of which one is seen at a time (WAI-ARIA Authoring Practices, tabs with automatic activation).
 *
 * Arrows, Home and End move between the tabs; only the open one is in the tab order.
 */
export function Tabs({ value, onChange, label, tabs }: TabsProps): ReactNode {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const open = Math.max(
    0,
    tabs.findIndex((tab) => tab.value === value),
  );
  useChosenInSight(list, '[aria-selected=true]', open);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const next = nextIndex(event.key, open, tabs.length);
    const tab = next === null ? undefined : tabs[next];
    if (next === null || tab === undefined) return;
    event.preventDefault();
    onChange(tab.value);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  const current = tabs[open];
  return (
    <div className="flex flex-col gap-5">
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        className="flex gap-1 overflow-x-auto border-b border-line p-1 pb-0"
      >
        {tabs.map((tab, index) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-tab-${tab.value}`}
            aria-selected={index === open}
            aria-controls={index === open ? `${id}-panel` : undefined}
            tabIndex={index === open ? 0 : -1}
            onClick={() => onChange(tab.value)}
            onKeyDown={onKeyDown}
            className="-mb-px inline-flex h-10 shrink-0 items-center gap-2 rounded-t-base border-b-2 border-transparent px-3 text-body font-medium text-muted hover:text-ink aria-selected:border-accent aria-selected:text-ink"
          >
            {tab.label}
            {tab.count !== undefined && (
              <span className="rounded-full bg-hover px-1.5 text-caption text-muted tabular">
                {tab.count}
              </span>
            )}
          </button>
        ))}
      </div>
      {current !== undefined && (
        <div
          key={current.value}
          id={`${id}-panel`}
          role="tabpanel"
          aria-labelledby={`${id}-tab-${current.value}`}
          tabIndex={-1}
          className="rounded-base"
        >
          {current.content}
        </div>
      )}
    </div>
  );
}

/** Returns the tab that a key leads to, null for every other key; the ends meet. */
export function nextIndex(key: string, from: number, count: number): number | null {
  if (key === 'ArrowRight') return (from + 1) % count;
  if (key === 'ArrowLeft') return (from - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}
