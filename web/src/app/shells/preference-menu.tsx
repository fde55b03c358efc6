import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { isThemePreference, THEME_PREFERENCES, useThemePreference } from '@/shared/hooks/theme';
import { currentLanguage } from '@/shared/i18n/i18n';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from '@/shared/i18n/languages';
import { usePreferences } from '@/shared/session/preferences';
import { MenuChoice } from '@/shared/ui/menu';

/** Offers the languages, each by its own name. */
export function LanguageChoice(): ReactNode {
  const { t } = useTranslation('app');
  const { chooseLanguage } = usePreferences();
  return (
    <MenuChoice
      label={t('language')}
      value={currentLanguage()}
      onChange={(value) => isLanguage(value) && chooseLanguage(value)}
      choices={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }))}
    />
  );
}

/** Offers light, dark and the system's theme. */
export function ThemeChoice(): ReactNode {
  const { t } = useTranslation('app');
  const [theme] = useThemePreference();
  const { chooseTheme } = usePreferences();
  return (
    <MenuChoice
      label={t('theme')}
      value={theme}
      onChange={(value) => isThemePreference(value) && chooseTheme(value)}
      choices={THEME_PREFERENCES.map((value) => ({ value, label: t(`themes.${value}`) }))}
    />
  );
}
