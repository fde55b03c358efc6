import { useNavigate } from '@tanstack/react-router';
import { Languages, LogOut, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { LANGUAGE_NAMES, LANGUAGES } from '@/shared/i18n/languages';
import { usePreferences } from '@/shared/session/preferences';
import { useSignOut } from '@/shared/session/session';
import { CommandPalette } from '@/shared/ui/command-palette';

import { useNavigation } from './sidebar';

/** The palette with the workspace's pages and the person's own settings. */
export function WorkspacePalette({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation(['app', 'ui']);
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
      groups={[
        { label: t('ui:palette.pages'), commands: pages },
        { label: t('ui:palette.actions'), commands: [...themes, ...languages, leave] },
      ]}
    />
  );
}
