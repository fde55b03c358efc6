import { Link, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useSession } from '@/shared/session/session';
import { classes } from '@/shared/ui/classes';
import { Tooltip } from '@/shared/ui/tooltip';

import { type NavigationGroup, type NavigationItem, visibleNavigation } from '../navigation';

/** Returns the navigation of the signed-in person. */
export function useNavigation(): NavigationGroup[] {
  const router = useRouter();
  const session = useSession();
  if (session == null) return [];
  return visibleNavigation(session, (path) => path in router.routesByPath);
}

interface SidebarProps {
  /** Shows icons only; names become tooltips. */
  isCollapsed?: boolean;
  /** Called after a choice, to close the drawer that holds it. */
  onNavigate?: () => void;
}

/** The list of pages. */
export function Sidebar({ isCollapsed = false, onNavigate }: SidebarProps): ReactNode {
  const { t } = useTranslation('app');
  const groups = useNavigation();
  return (
    <nav aria-label={t('main_navigation')} className="flex flex-col gap-5">
      {groups.map((group) => (
        <div key={group.label ?? 'first'} className="flex flex-col gap-0.5">
          {group.label !== null && (
            <p
              className={
                isCollapsed ? 'sr-only' : 'px-2.5 pb-1 text-caption font-medium text-faint'
              }
            >
              {t(`nav.${group.label}`)}
            </p>
          )}
          <ul className="flex flex-col gap-0.5">
            {group.items.map((item) => (
              <li key={item.to}>
                <SidebarLink item={item} isCollapsed={isCollapsed} onNavigate={onNavigate} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

interface SidebarLinkProps {
  item: NavigationItem;
  isCollapsed: boolean;
  onNavigate: (() => void) | undefined;
}

function SidebarLink({ item, isCollapsed, onNavigate }: SidebarLinkProps): ReactNode {
  const { t } = useTranslation('app');
  const Icon = item.icon;
  const label = t(`nav.${item.label}`);
  const link = (
    <Link
      // The path is known to exist: visibleNavigation asked the route tree.
      to={item.to as '/app'}
      activeOptions={{ exact: item.to === '/app' }}
      {...(onNavigate === undefined ? {} : { onClick: onNavigate })}
      className={classes(
        'flex h-9 items-center gap-3 rounded-base px-2.5 text-body pointer-coarse:h-11',
        'text-muted hover:bg-hover hover:text-ink',
        'data-[status=active]:bg-hover data-[status=active]:font-medium data-[status=active]:text-ink',
        isCollapsed && 'justify-center px-0',
      )}
    >
      <Icon aria-hidden className="size-4.5 shrink-0" />
      <span className={isCollapsed ? 'sr-only' : 'truncate'}>{label}</span>
    </Link>
  );
  return isCollapsed ? (
    <Tooltip text={label} isName>
      {link}
    </Tooltip>
  ) : (
    link
  );
}
