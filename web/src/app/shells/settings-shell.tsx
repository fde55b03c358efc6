import { Link, useLocation, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { useChosenInSight } from '@/shared/hooks/strip';
import { useCan } from '@/shared/session/session';

import { visibleSettings } from '../settings-pages';

/** The list of settings beside the one that is open; above it on a narrow screen. */
export function SettingsShell({ children }: { children: ReactNode }): ReactNode {
  const { t } = useTranslation('settings');
  const router = useRouter();
  const can = useCan();
  const list = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone the list is a strip, and the open page may stand outside it.
  useChosenInSight(list, '[data-status=active]', pathname);
  return (
    <div className="flex flex-col gap-6 lg:flex-row lg:gap-10">
      <nav
        ref={list}
        aria-label={t('title')}
        className="-mx-4 overflow-x-auto px-4 sm:-mx-6 sm:px-6 lg:sticky lg:top-24 lg:mx-0 lg:w-52 lg:shrink-0 lg:self-start lg:overflow-visible lg:px-0"
      >
        <div className="flex gap-4 py-1 lg:flex-col lg:gap-6">
          {visibleSettings(can, (path) => path in router.routesByPath).map((group) => (
            <div key={group.label} className="flex shrink-0 flex-col gap-0.5">
              <p className="px-2.5 pb-1 text-caption font-medium text-muted">{t(group.label)}</p>
              <ul className="flex gap-0.5 lg:flex-col">
                {group.pages.map(({ label, icon: Icon, to }) => (
                  <li key={to}>
                    <Link
                      // The path is known to exist: the route tree was asked above.
                      to={to as '/app'}
                      className="flex h-9 items-center gap-2.5 rounded-base px-2.5 text-body whitespace-nowrap text-muted hover:bg-hover hover:text-ink data-[status=active]:bg-hover data-[status=active]:font-medium data-[status=active]:text-ink pointer-coarse:h-11"
                    >
                      <Icon aria-hidden className="size-4 shrink-0" />
                      {t(`pages.${label}`)}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </nav>
      <div className="min-w-0 flex-1 lg:max-w-4xl">{children}</div>
    </div>
  );
}
