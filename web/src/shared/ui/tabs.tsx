import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

interface TabsProps {
  /** The open tab; keep it in the URL. */
  value: string;
  onChange: (value: string) => void;
  label: string;
  tabs: readonly { value: string; label: string; count?: number | undefined; content: ReactNode }[];
}

/** Parts of one page of which one is seen at a time. */
export function Tabs({ value, onChange, label, tabs }: TabsProps): ReactNode {
  return (
    <Radix.Root value={value} onValueChange={onChange} className="flex flex-col gap-5">
      <Radix.List
        aria-label={label}
        className="flex gap-1 overflow-x-auto border-b border-line p-1 pb-0"
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px inline-flex h-10 shrink-0 items-center gap-2 rounded-t-base border-b-2 border-transparent px-3 text-body font-medium text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {tab.label}
            {tab.count !== undefined && (
              <span className="rounded-full bg-hover px-1.5 text-caption text-muted tabular">
                {tab.count}
              </span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="rounded-base">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
