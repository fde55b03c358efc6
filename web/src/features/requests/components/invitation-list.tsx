import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { Badge } from '@/shared/ui/badge';
import { IconButton } from '@/shared/ui/icon-button';
import { Card } from '@/shared/ui/page';
import { Avatar, RelativeTime } from '@/shared/ui/values';

import { useWithdrawInvitation } from '../api/mutations';
import type { InvitationView, RequestView } from '../api/types';

/** Who was invited, and what each has done about it. */
export function InvitationList({ request }: { request: RequestView }): ReactNode {
  const { t } = useTranslation('requests');
  const can = useCan();
  const withdraw = useWithdrawInvitation(request.id);
  const invitations = request.invitations ?? [];
  if (invitations.length === 0) {
    return <p className="text-body text-muted">{t('vendors.none')}</p>;
  }
  return (
    <Card isFlush>
      <ul className="divide-y divide-line">
        {invitations.map((invitation) => {
          const { id, name } = invitation.organisation;
          return (
            <li key={id} className="flex flex-wrap items-center gap-3 px-4 py-3">
              <Avatar name={name} isOrganisation />
              <div className="min-w-40 flex-1">
                <p className="text-body font-medium">{name}</p>
                <p className="text-small text-muted">
                  {t('vendors.invited')} <RelativeTime value={invitation.created_at} />
                </p>
                {invitation.decline_reason !== null && invitation.decline_reason !== '' && (
                  <p className="mt-1 text-small">{invitation.decline_reason}</p>
                )}
              </div>
              <Answer invitation={invitation} isDraft={request.state === 'draft'} />
              {request.state === 'draft' && can('requests:write') && (
                <IconButton
                  icon={X}
                  label={t('vendors.withdraw', { name })}
                  disabled={withdraw.isPending}
                  onClick={() => withdraw.mutate(id)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function Answer({
  invitation,
  isDraft,
}: {
  invitation: InvitationView;
  isDraft: boolean;
}): ReactNode {
  const { t } = useTranslation('requests');
  if (isDraft) return null;
  if (invitation.quoted) return <Badge tone="done">{t('vendors.quoted')}</Badge>;
  if (invitation.declined_at !== null) {
    return (
      <span className="flex flex-wrap items-center gap-2 text-small text-muted">
        <Badge tone="stopped">{t('vendors.declined')}</Badge>
        <RelativeTime value={invitation.declined_at} />
      </span>
    );
  }
  if (invitation.viewed_at !== null) {
    return (
      <span className="flex flex-wrap items-center gap-2 text-small text-muted">
        <Badge tone="open">{t('vendors.viewed')}</Badge>
        <RelativeTime value={invitation.viewed_at} />
      </span>
    );
  }
  return <Badge tone="waiting">{t('vendors.not_viewed')}</Badge>;
}
