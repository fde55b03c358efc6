import { Languages, Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { THEME_PREFERENCES, useThemePreference } from '@/shared/hooks/theme';
import { currentLanguage } from '@/shared/i18n/i18n';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from '@/shared/i18n/languages';
import { usePreferences } from '@/shared/session/preferences';
import { IconButton } from '@/shared/ui/icon-button';

/** The languages in the platform's own list: nothing to load on a page that everybody sees first. */
export function LanguageSelect(): ReactNode {
  const { t } = useTranslation('app');
  const { chooseLanguage } = usePreferences();
  return (
    <span className="relative inline-flex items-center rounded-base text-muted hover:bg-hover hover:text-ink">
      <Languages aria-hidden className="pointer-events-none absolute left-2 size-5" />
      <select
        aria-label={t('language')}
        value={currentLanguage()}
        onChange={(event) => isLanguage(event.target.value) && chooseLanguage(event.target.value)}
        className="h-9 w-9 cursor-pointer appearance-none rounded-base bg-transparent pl-9 text-body text-transparent sm:w-auto sm:pr-2.5 sm:text-current pointer-coarse:h-11"
      >
        {LANGUAGES.map((language) => (
          <option key={language} value={language} lang={language} className="bg-surface text-ink">
            {LANGUAGE_NAMES[language]}
          </option>
        ))}
      </select>
    </span>
  );
}

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** Goes through the themes; its name says which one is on. */
export function ThemeButton(): ReactNode {
  const { t } = useTranslation('app');
  const [theme] = useThemePreference();
  const { chooseTheme } = usePreferences();
  const next = THEME_PREFERENCES[(THEME_PREFERENCES.indexOf(theme) + 1) % THEME_PREFERENCES.length];
  return (
    <IconButton
      icon={ICONS[theme]}
      label={`${t('theme')}: ${t(`themes.${theme}`)}`}
      onClick={() => chooseTheme(next ?? 'system')}
    />
  );
}
