import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import type { Session } from '@/shared/api/types';
import { sessionKey } from '@/shared/session/session';
import { identityOf, onIdentityElsewhere } from '@/shared/session/tabs';

interface SessionSyncProps {
  /** Begins anew at a path; the browser's own navigation, because nothing that was read may stay. */
  onLeave?: (path: string) => void;
}

/**
 * Follows a sign-in, a sign-out or a change of organisation in another tab. Tabs share their cookies: a workspace that
 * still showed the other organisation would write for this one.
 */
export function SessionSync({ onLeave = leave }: SessionSyncProps): null {
  const client = useQueryClient();
  useEffect(
    () =>
      onIdentityElsewhere((identity) => {
        const own = identityOf(client.getQueryData<Session | null>(sessionKey));
        if (identity === own) return;
        if (location.pathname.startsWith('/app')) onLeave(identity === null ? '/sign-in' : '/app');
        else void client.invalidateQueries({ queryKey: sessionKey });
      }),
    [client, onLeave],
  );
  return null;
}

function leave(path: string): void {
  location.assign(path);
}
