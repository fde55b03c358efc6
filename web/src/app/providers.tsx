import type { QueryClient } from '@tanstack/react-query';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { lazy, Suspense, useEffect } from 'react';

import { onSessionLost } from '@/shared/api/transport';
import { useThemePreference } from '@/shared/hooks/theme';
import { loadWords } from '@/shared/i18n/i18n';
import { RealtimeProvider } from '@/shared/realtime/provider';
import { endSession } from '@/shared/session/session';
import { TooltipProvider } from '@/shared/ui/tooltip';

import { ProfileSync } from './profile-sync';
import { QUERIES_BY_TOPIC } from './realtime-topics';
import type { makeRouter } from './router';

const Toaster = lazy(async () => ({ default: (await import('sonner')).Toaster }));

interface ProvidersProps {
  queryClient: QueryClient;
  router: ReturnType<typeof makeRouter>;
}

/** Everything that every page stands on. */
export function Providers({ queryClient, router }: ProvidersProps): ReactNode {
  const [theme] = useThemePreference();
  useEffect(() => {
    // Needed once something goes wrong, so not before the first paint.
    void loadWords('problems', 'validation');
    onSessionLost(() => {
      endSession(queryClient);
      void router.invalidate();
    });
  }, [queryClient, router]);
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <RealtimeProvider queriesByTopic={QUERIES_BY_TOPIC}>
          <ProfileSync />
          <RouterProvider router={router} />
        </RealtimeProvider>
        <Suspense>
          <Toaster
            theme={theme}
            position="bottom-right"
            duration={6000}
            closeButton
            visibleToasts={4}
          />
        </Suspense>
      </TooltipProvider>
    </QueryClientProvider>
  );
}
