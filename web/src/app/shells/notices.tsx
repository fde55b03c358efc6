import { WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useIsOnline } from '@/shared/hooks/browser';
import { useStreamState } from '@/shared/realtime/provider';
import { useSession } from '@/shared/session/session';

/** Lets keyboards jump over the navigation. */
export function SkipLink(): ReactNode {
  const { t } = useTranslation('app');
  return (
    <a
      href="#content"
      className="sr-only rounded-base bg-accent px-4 py-2 font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
    >
      {t('skip')}
    </a>
  );
}

/** Says that the network is gone, or that live updates pause. */
export function ConnectionNotice(): ReactNode {
  const { t } = useTranslation('app');
  const isOnline = useIsOnline();
  const isSignedIn = useSession() != null;
  const stream = useStreamState();
  const isPaused = isSignedIn && stream === 'waiting';
  return (
    <div role="status" aria-live="polite">
      {(!isOnline || isPaused) && (
        <p className="flex items-center justify-center gap-2 bg-waiting-soft px-4 py-1.5 text-small text-waiting">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          {isOnline ? t('stream_lost') : t('offline')}
        </p>
      )}
    </div>
  );
}
