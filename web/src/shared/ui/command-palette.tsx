import { Command } from 'cmdk';
import type { LucideIcon } from 'lucide-react';
import { Search } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface PaletteCommand {
  id: string;
  label: string;
  icon?: LucideIcon;
  /** Other words by which people look for it. */
  keywords?: string[];
  /** Stands behind the label, quieter: the number of a document. */
  hint?: string;
  run: () => void;
}

interface CommandPaletteProps {
  groups: readonly { label: string; commands: readonly PaletteCommand[] }[];
  onClose: () => void;
  /** Told what is typed, for a search beyond the commands. */
  onSearch?: (words: string) => void;
}

/** Finds a page or an action by a few letters. Mount it only while it is open. */
export function CommandPalette({ groups, onClose, onSearch }: CommandPaletteProps): ReactNode {
  const { t } = useTranslation('ui');
  const shown = groups.flatMap(({ commands }) => commands.map(({ id }) => id)).join('\n');
  const { list, marked, setMarked, onKeyDown, onTyped } = useMark(shown);
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100%-2rem)] max-w-xl -translate-x-1/2 animate-enter overflow-hidden rounded-base bg-surface shadow-overlay"
        >
          <Radix.Title className="sr-only">{t('palette.open')}</Radix.Title>
          <Command
            label={t('palette.open')}
            value={marked}
            onValueChange={setMarked}
            onKeyDown={onKeyDown}
          >
            <div className="flex items-center gap-3 border-b border-line px-4">
              <Search aria-hidden className="size-4.5 shrink-0 text-muted" />
              <Command.Input
                placeholder={t('palette.placeholder')}
                onValueChange={(words) => {
                  onTyped();
                  onSearch?.(words);
                }}
                className="h-12 w-full bg-transparent text-reading outline-none"
              />
            </div>
            <Command.List ref={list} className="max-h-[50vh] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-8 text-center text-body text-muted">
                {t('palette.nothing')}
              </Command.Empty>
              {groups
                .filter(({ commands }) => commands.length > 0)
                .map((group) => (
                  <Command.Group
                    key={group.label}
                    heading={group.label}
                    className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-caption [&_[cmdk-group-heading]]:text-muted"
                  >
                    {group.commands.map((command) => (
                      <Command.Item
                        key={command.id}
                        value={`${command.id} ${command.label}`}
                        {...(command.keywords === undefined ? {} : { keywords: command.keywords })}
                        onSelect={() => {
                          onClose();
                          command.run();
                        }}
                        className="flex min-h-10 cursor-pointer items-center gap-3 rounded-base px-2.5 text-body data-[selected=true]:bg-hover"
                      >
                        {command.icon !== undefined && (
                          <command.icon aria-hidden className="size-4 shrink-0 text-muted" />
                        )}
                        <span className="min-w-0 truncate">{command.label}</span>
                        {command.hint !== undefined && (
                          <span className="tabular ml-auto shrink-0 text-small text-muted">
                            {command.hint}
                          </span>
                        )}
                      </Command.Item>
                    ))}
                  </Command.Group>
                ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/**
 * What is marked: the first of the list, also when things found later have moved to its top, until the person moves the mark.
 *
 * cmdk itself marks the first after each letter only.
 */
function useMark(shown: string) {
  const list = useRef<HTMLDivElement>(null);
  const hasMoved = useRef(false);
  const [marked, setMarked] = useState('');
  useEffect(() => {
    // cmdk draws what is new in its list one render later.
    const frame = requestAnimationFrame(() => {
      const first = list.current?.querySelector('[cmdk-item]')?.getAttribute('data-value');
      if (first && !hasMoved.current) setMarked(first);
    });
    return () => cancelAnimationFrame(frame);
  }, [shown]);
  return {
    list,
    marked,
    setMarked,
    onKeyDown: ({ key }: { key: string }) => {
      if (key.startsWith('Arrow') || key === 'Home' || key === 'End') hasMoved.current = true;
    },
    onTyped: () => {
      hasMoved.current = false;
    },
  };
}
