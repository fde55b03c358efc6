import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { Languages, LogOut, Moon, Plus, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useDebounced } from '@/shared/hooks/browser';
import { LANGUAGE_NAMES, LANGUAGES } from '@/shared/i18n/languages';
import { usePreferences } from '@/shared/session/preferences';
import { useCan, useSignOut } from '@/shared/session/session';
import { CommandPalette, type PaletteCommand } from '@/shared/ui/command-palette';

import { foundThingsQuery } from '../found-things';
import { visibleSettings } from '../settings-pages';
import { useNavigation } from './sidebar';

/** Wait for two letters: one finds everything. */
const WORDS_LENGTH_MIN = 2;

/** The palette: pages, settings, what changed last or is called like what is typed, and the person's own choices. */
export function WorkspacePalette({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation(['app', 'ui', 'settings']);
  const can = useCan();
  const router = useRouter();
  const things = useThings();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { chooseLanguage, chooseTheme } = usePreferences();
  const pages = useNavigation()
    .flatMap((group) => group.items)
    .map((item) => ({
      id: item.to,
      label: t(`nav.${item.label}`),
      icon: item.icon,
      run: () => void navigate({ to: item.to as '/app' }),
    }));
  const pageExists = (path: string): boolean => path in router.routesByPath;
  const settings = visibleSettings(can, pageExists).flatMap((group) =>
    group.pages.map(({ to, label, icon }) => ({
      id: to,
      label: t(`settings:pages.${label}`),
      icon,
      keywords: [t('nav.settings')],
      run: () => void navigate({ to: to as '/app' }),
    })),
  );
  const begin = {
    id: 'new-request',
    label: t('new_request'),
    icon: Plus,
    run: () => void navigate({ to: '/app/requests/new' }),
  };
  const languages = LANGUAGES.map((language) => ({
    id: `language-${language}`,
    label: LANGUAGE_NAMES[language],
    icon: Languages,
    keywords: [t('language')],
    run: () => chooseLanguage(language),
  }));
  const themes = (['light', 'dark'] as const).map((theme) => ({
    id: `theme-${theme}`,
    label: `${t('theme')}: ${t(`themes.${theme}`)}`,
    icon: theme === 'light' ? Sun : Moon,
    run: () => chooseTheme(theme),
  }));
  const leave = {
    id: 'sign-out',
    label: t('sign_out'),
    icon: LogOut,
    run: () => void signOut().then(() => navigate({ to: '/' })),
  };
  return (
    <CommandPalette
      onClose={onClose}
      onSearch={things.search}
      groups={[
        { label: things.label, commands: things.commands },
        { label: t('ui:palette.pages'), commands: pages },
        { label: t('ui:palette.settings'), commands: settings },
        {
          label: t('ui:palette.actions'),
          commands: [...(can('requests:write') ? [begin] : []), ...themes, ...languages, leave],
        },
      ]}
    />
  );
}

/** What changed last, and what is called like the letters typed. */
function useThings(): {
  label: string;
  commands: PaletteCommand[];
  search: (words: string) => void;
} {
  const { t } = useTranslation('ui');
  const can = useCan();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const settled = useDebounced(typed.trim());
  const words = settled.length < WORDS_LENGTH_MIN ? '' : settled;
  const { data } = useQuery({
    ...foundThingsQuery(words, can),
    placeholderData: keepPreviousData,
    // The palette is of use without it too.
    throwOnError: false,
  });
  return {
    label: words === '' ? t('palette.recent') : t('palette.found'),
    commands: (data ?? []).map((thing) => ({
      id: thing.id,
      label: thing.title,
      ...(thing.number === null ? {} : { hint: thing.number }),
      icon: thing.icon,
      // The server knows word forms and other fields: what it found for these letters stays in the list.
      keywords: [thing.number ?? '', words],
      run: () => void navigate({ to: thing.path as '/app' }),
    })),
    search: setTyped,
  };
}
