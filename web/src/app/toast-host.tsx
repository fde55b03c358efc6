import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { toast, Toaster } from 'sonner';

import type { ThemePreference } from '@/shared/hooks/theme';
import { BOTTOM_BAR, toastHostReady } from '@/shared/ui/toast';

/** Sonner's list of toasts. Effects of children run first: when ours runs, it listens. */
export function ToastHost({ theme }: { theme: ThemePreference }): ReactNode {
  useEffect(() => toastHostReady(toast), []);
  return (
    <Toaster
      theme={theme}
      position="bottom-right"
      duration={6000}
      closeButton
      visibleToasts={4}
      offset={{ bottom: `calc(24px + var(${BOTTOM_BAR}, 0px))` }}
      // Above the bottom bar of the workspace, which thumbs need.
      mobileOffset={{ bottom: `calc(72px + var(${BOTTOM_BAR}, 0px))` }}
    />
  );
}
