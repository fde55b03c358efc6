import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useRouter } from '@tanstack/react-router';
import { Bell, ChevronsUpDown, LogOut, Menu, Search, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { api } from '@/shared/api/client';
import type { Session } from '@/shared/api/types';
import { startSession, useSignOut } from '@/shared/session/session';
import { IconButton } from '@/shared/ui/icon-button';
import {
  DropdownMenu,
  MenuChoice,
  MenuItem,
  MenuLabel,
  MenuSeparator,
  Popover,
} from '@/shared/ui/menu';
import { EmptyState } from '@/shared/ui/states';
import { showDone, showProblem } from '@/shared/ui/toast';
import { Avatar } from '@/shared/ui/values';

import { LanguageChoice, ThemeChoice } from './preference-menu';

interface TopBarProps {
  session: Session;
  onMenu: () => void;
  onPalette: () => void;
  /** The bell of the notifications feature; an empty one until there is a feed. */
  bell?: ReactNode;
}

/** What stays above every page of the workspace. */
export function TopBar({ session, onMenu, onPalette, bell }: TopBarProps): ReactNode {
  const { t } = useTranslation(['app', 'ui']);
  return (
    <div className="flex h-14 items-center gap-1 px-3 sm:gap-2 sm:px-5">
      <IconButton icon={Menu} label={t('menu')} className="lg:hidden" onClick={onMenu} />
      <OrganisationSwitcher session={session} />
      <div className="flex-1" />
      <button
        type="button"
        onClick={onPalette}
        className="hidden h-9 w-64 items-center gap-2 rounded-base border border-control bg-surface px-3 text-body text-muted hover:bg-hover md:flex"
      >
        <Search aria-hidden className="size-4" />
        <span className="flex-1 truncate text-left">{t('ui:palette.open')}</span>
        <kbd className="font-sans text-caption text-faint">Ctrl K</kbd>
      </button>
      <IconButton
        icon={Search}
        label={t('ui:palette.open')}
        className="md:hidden"
        onClick={onPalette}
      />
      {bell ?? <QuietBell />}
      <UserMenu session={session} />
    </div>
  );
}

function QuietBell(): ReactNode {
  const { t } = useTranslation('app');
  return (
    <Popover
      label={t('news')}
      className="w-80"
      trigger={<IconButton icon={Bell} label={t('news')} />}
    >
      <EmptyState icon={Bell} title={t('news_empty')} text={t('news_empty_text')} />
    </Popover>
  );
}

function OrganisationSwitcher({ session }: { session: Session }): ReactNode {
  const { t } = useTranslation(['app', 'common']);
  const client = useQueryClient();
  const router = useRouter();
  const { organisation, memberships } = session;
  const change = async (organisationId: string): Promise<void> => {
    if (organisationId === organisation.id) return;
    try {
      await api.POST('/api/v1/auth/switch', { body: { organisation_id: organisationId } });
      const next = await startSession(client);
      // What is on the screen belongs to the other organisation: begin at the dashboard.
      await router.navigate({ to: '/app' });
      await router.invalidate();
      showDone(t('organisation_switched', { name: next?.organisation.name ?? '' }));
    } catch (error) {
      showProblem(error);
    }
  };
  const name = (
    <>
      <Avatar name={organisation.name} url={organisation.logo_url} isOrganisation size="small" />
      <span className="max-w-28 truncate font-medium sm:max-w-56">{organisation.name}</span>
    </>
  );
  if (memberships.length < 2) {
    return <span className="flex min-w-0 items-center gap-2 px-2 text-body">{name}</span>;
  }
  return (
    <DropdownMenu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={`${t('organisation_switch')}: ${organisation.name}`}
          className="flex h-9 min-w-0 items-center gap-2 rounded-base px-2 text-body hover:bg-hover pointer-coarse:h-11"
        >
          {name}
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
        </button>
      }
    >
      <MenuChoice
        label={t('organisation')}
        value={organisation.id}
        onChange={(id) => void change(id)}
        choices={memberships.map((membership) => ({
          value: membership.organisation_id,
          label: membership.organisation_name,
          hint: t(`common:roles.${membership.role}`),
        }))}
      />
    </DropdownMenu>
  );
}

function UserMenu({ session }: { session: Session }): ReactNode {
  const { t } = useTranslation(['app', 'common']);
  const signOut = useSignOut();
  const navigate = useNavigate();
  const router = useRouter();
  const { user } = session;
  const hasProfile = '/app/settings/profile' in router.routesByPath;
  return (
    <DropdownMenu
      trigger={
        <button
          type="button"
          aria-label={t('account', { name: user.display_name })}
          className="inline-flex size-9 items-center justify-center rounded-full hover:bg-hover pointer-coarse:size-11"
        >
          <Avatar name={user.display_name} url={user.avatar_url} />
        </button>
      }
    >
      <div className="px-2.5 py-2">
        <p className="truncate font-medium">{user.display_name}</p>
        <p className="truncate text-small text-muted">{user.email}</p>
      </div>
      <MenuLabel>{t(`common:roles.${session.role}`)}</MenuLabel>
      {hasProfile && (
        <MenuItem asChild>
          <Link to={'/app/settings/profile' as '/app'}>
            <UserRound aria-hidden className="size-4 text-muted" />
            {t('nav.profile')}
          </Link>
        </MenuItem>
      )}
      <MenuSeparator />
      <LanguageChoice />
      <MenuSeparator />
      <ThemeChoice />
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={() => void signOut().then(() => navigate({ to: '/' }))}>
        {t('sign_out')}
      </MenuItem>
    </DropdownMenu>
  );
}
