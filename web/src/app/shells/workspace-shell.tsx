import { Link } from '@tanstack/react-router';
import { Menu, PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Session } from '@/shared/api/types';
import { useStored } from '@/shared/hooks/browser';
import { loadWords } from '@/shared/i18n/i18n';
import { classes } from '@/shared/ui/classes';
import { IconButton } from '@/shared/ui/icon-button';
import { Logo } from '@/shared/ui/logo';

import { ConnectionNotice, SkipLink } from './notices';
import { Sidebar, useNavigation } from './sidebar';
import { TopBar } from './top-bar';

const CommandPalette = lazy(async () => {
  const [palette] = await Promise.all([import('./workspace-palette'), loadWords('settings')]);
  return { default: palette.WorkspacePalette };
});

interface WorkspaceShellProps {
  session: Session;
  /** The bell of the notifications feature. */
  bell?: ReactNode;
  children: ReactNode;
}

/** The frame in which people work: navigation at the side, tools above, the page in the middle. */
export function WorkspaceShell({ session, bell, children }: WorkspaceShellProps): ReactNode {
  const { t } = useTranslation('app');
  const [isCollapsed, setIsCollapsed] = useStored('karavan.sidebar.collapsed', false);
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = usePaletteKey();
  return (
    <div className="flex min-h-dvh">
      <SkipLink />
      <aside
        className={classes(
          'sticky top-0 hidden h-dvh shrink-0 flex-col border-r border-line bg-canvas lg:flex',
          isCollapsed ? 'w-16' : 'w-60',
        )}
      >
        <div className={classes('flex h-14 items-center', isCollapsed ? 'justify-center' : 'px-4')}>
          <Link to="/app" aria-label={`Karavan: ${t('nav.dashboard')}`} className="rounded-base">
            <Logo isMarkOnly={isCollapsed} />
          </Link>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto px-3 py-3">
          <Sidebar isCollapsed={isCollapsed} />
        </div>
        <div className={classes('flex p-3', isCollapsed && 'justify-center')}>
          <IconButton
            icon={isCollapsed ? PanelLeftOpen : PanelLeftClose}
            label={isCollapsed ? t('expand') : t('collapse')}
            onClick={() => setIsCollapsed(!isCollapsed)}
          />
        </div>
      </aside>
      <div className="flex min-w-0 flex-1 flex-col pb-16 lg:pb-0">
        <header className="sticky top-0 z-30 border-b border-line bg-canvas">
          <ConnectionNotice />
          <TopBar
            session={session}
            bell={bell}
            onMenu={() => setIsMenuOpen(true)}
            onPalette={() => setIsPaletteOpen(true)}
          />
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-7xl flex-1 px-4 py-6 outline-none sm:px-6 sm:py-8"
        >
          {children}
        </main>
      </div>
      <BottomBar onMenu={() => setIsMenuOpen(true)} />
      <MenuDrawer isOpen={isMenuOpen} onClose={() => setIsMenuOpen(false)} />
      {isPaletteOpen && (
        <Suspense>
          <CommandPalette onClose={() => setIsPaletteOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Opens the palette on Ctrl-K or Cmd-K anywhere in the workspace. */
function usePaletteKey(): [boolean, (isOpen: boolean) => void] {
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // The physical key: people type in Cyrillic layouts too.
      if (event.code !== 'KeyK' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
      event.preventDefault();
      setIsOpen((open) => !open);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return [isOpen, setIsOpen];
}

const BOTTOM_ITEMS_MAX = 4;

/** The most used pages under the thumb. */
function BottomBar({ onMenu }: { onMenu: () => void }): ReactNode {
  const { t } = useTranslation('app');
  const items = useNavigation()
    .filter((group) => group.label !== 'organisation')
    .flatMap((group) => group.items)
    .slice(0, BOTTOM_ITEMS_MAX);
  // Words of Russian and Kazakh are long: each item gets the room that its word needs, and two words may share two lines.
  const looks =
    'flex h-14 min-w-min flex-auto flex-col items-center justify-center gap-0.5 text-caption text-muted';
  return (
    <nav
      aria-label={t('menu')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      {items.map((item) => (
        <Link
          key={item.to}
          to={item.to as '/app'}
          activeOptions={{ exact: item.to === '/app' }}
          className={classes(looks, 'data-[status=active]:text-accent')}
        >
          <item.icon aria-hidden className="size-5" />
          <span className="line-clamp-2 px-0.5 text-center wrap-normal">
            {t(`nav.${item.label}`)}
          </span>
        </Link>
      ))}
      <button type="button" className={looks} onClick={onMenu}>
        <Menu aria-hidden className="size-5" />
        {t('menu')}
      </button>
    </nav>
  );
}

function MenuDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactNode {
  const { t } = useTranslation('app');
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] animate-fade flex-col bg-canvas shadow-overlay"
        >
          <Radix.Title className="sr-only">{t('menu')}</Radix.Title>
          <div className="flex h-14 items-center px-5">
            <Logo />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-3 py-3">
            <Sidebar onNavigate={onClose} />
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
