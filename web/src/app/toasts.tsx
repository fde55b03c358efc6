import type { ReactNode } from 'react';
import { lazy, Suspense, useEffect, useState } from 'react';

import { useThemePreference } from '@/shared/hooks/theme';
import { onFirstToast } from '@/shared/ui/toast';

// Most visits never see a toast, so its code comes with the first one.
const ToastHost = lazy(async () => ({ default: (await import('./toast-host')).ToastHost }));

/** The place where toasts appear. */
export function Toasts(): ReactNode {
  const [theme] = useThemePreference();
  const [isNeeded, setIsNeeded] = useState(false);
  useEffect(() => onFirstToast(() => setIsNeeded(true)), []);
  return isNeeded ? (
    <Suspense>
      <ToastHost theme={theme} />
    </Suspense>
  ) : null;
}
