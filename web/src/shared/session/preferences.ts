import { useQueryClient } from '@tanstack/react-query';

import { api } from '@/shared/api/client';
import { setThemePreference, type ThemePreference } from '@/shared/hooks/theme';
import { changeLanguage } from '@/shared/i18n/i18n';
import type { Language } from '@/shared/i18n/languages';
import { showProblem } from '@/shared/ui/toast';

import { sessionKey, useSession } from './session';

interface Preferences {
  chooseLanguage: (language: Language) => void;
  chooseTheme: (theme: ThemePreference) => void;
}

/** Returns the functions that change language and theme: here at once, and in the profile of whoever is signed in. */
export function usePreferences(): Preferences {
  const client = useQueryClient();
  const isSignedIn = useSession() != null;
  const store = async (change: { locale?: Language; theme?: ThemePreference }): Promise<void> => {
    if (!isSignedIn) return;
    try {
      await api.PATCH('/api/v1/auth/profile', { body: change });
      await client.invalidateQueries({ queryKey: sessionKey });
    } catch (error) {
      showProblem(error);
    }
  };
  return {
    chooseLanguage: (language) => {
      void changeLanguage(language);
      void store({ locale: language });
    },
    chooseTheme: (theme) => {
      setThemePreference(theme);
      void store({ theme });
    },
  };
}
