import { useEffect } from 'react';

import { isThemePreference, setThemePreference } from '@/shared/hooks/theme';
import { changeLanguage } from '@/shared/i18n/i18n';
import { isLanguage } from '@/shared/i18n/languages';
import { useSession } from '@/shared/session/session';

/** Takes language and theme from the profile whenever it is read or changes. */
export function ProfileSync(): null {
  const session = useSession();
  const locale = session?.user.locale;
  const theme = session?.user.theme;
  useEffect(() => {
    if (isLanguage(locale)) void changeLanguage(locale);
  }, [locale]);
  useEffect(() => {
    if (isThemePreference(theme)) setThemePreference(theme);
  }, [theme]);
  return null;
}
