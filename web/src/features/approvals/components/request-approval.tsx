import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { ButtonLink } from '@/shared/ui/link';
import { showDone } from '@/shared/ui/toast';

import { approvalQuery, publishNeedQuery, useAskToPublish } from '../api/queries';
import { ApprovalChain } from './approval-chain';

/** What a spending limit asks for before this draft may be published; nothing where no limit does. */
export function PublishApproval({ requestId }: { requestId: string }): ReactNode {
  const { t } = useTranslation(['approvals', 'common']);
  const can = useCan();
  const { data } = useQuery(publishNeedQuery(requestId));
  const ask = useAskToPublish(requestId);
  if (data === undefined) return null;
  const { needed_roles: roles, approval } = data;
  const button = (label: string): ReactNode =>
    can('requests:write') && (
      <Button
        size="small"
        isPending={ask.isPending}
        onClick={() =>
          ask.mutate(undefined, { onSuccess: () => showDone(t('banner.publish_asked')) })
        }
      >
        {label}
      </Button>
    );
  if (approval?.state === 'approved' && roles.length === 0) {
    return <Banner tone="done">{t('banner.publish_approved')}</Banner>;
  }
  if (roles.length === 0) return null;
  if (approval?.state === 'pending') {
    return (
      <Banner tone="waiting" action={<OpenApprovals />}>
        <p className="mb-1 font-medium">{t('banner.publish_pending')}</p>
        <ApprovalChain approval={approval} />
      </Banner>
    );
  }
  if (approval?.state === 'rejected') {
    return (
      <Banner tone="stopped" action={button(t('banner.ask_again'))}>
        <p className="mb-1 font-medium">{t('banner.publish_rejected')}</p>
        <ApprovalChain approval={approval} />
      </Banner>
    );
  }
  return (
    <Banner tone="waiting" action={button(t('banner.publish_ask'))}>
      {t('banner.publish_needed', {
        roles: roles.map((role) => t(`common:roles.${role}`)).join(', '),
      })}
    </Banner>
  );
}

/** How the approval of an award stands that somebody has asked for. */
export function AwardApproval({ approvalId }: { approvalId: string }): ReactNode {
  const { t } = useTranslation('approvals');
  const { data } = useQuery(approvalQuery(approvalId));
  if (data === undefined || data.state === 'void') return null;
  const tone = { pending: 'waiting', approved: 'done', rejected: 'stopped' } as const;
  return (
    <Banner tone={tone[data.state]} action={<OpenApprovals />}>
      <p className="mb-1 font-medium">{t(`banner.award_${data.state}`)}</p>
      <ApprovalChain approval={data} />
    </Banner>
  );
}

function OpenApprovals(): ReactNode {
  const { t } = useTranslation('approvals');
  return (
    <ButtonLink to="/app/approvals" size="small">
      {t('banner.open')}
    </ButtonLink>
  );
}
