import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { api } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import { startSession } from '@/shared/session/session';
import { showDone } from '@/shared/ui/toast';

type AcceptBody = components['schemas']['AcceptInviteBody'];

/** Returns what accepts an invitation and goes to work for the organisation at once. */
export function useAcceptInvite(token: string): (body: AcceptBody) => Promise<void> {
  const { t } = useTranslation('team');
  const client = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  return async (body) => {
    await api.POST('/api/v1/invites/{token}/accept', { params: { path: { token } }, body });
    const session = await startSession(client);
    await navigate({ to: '/app' });
    await router.invalidate();
    showDone(t('accept.done', { name: session?.organisation.name ?? '' }));
  };
}
