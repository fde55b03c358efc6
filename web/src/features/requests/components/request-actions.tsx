import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { ActionBar } from '@/shared/ui/action-bar';
import { ButtonLink } from '@/shared/ui/link';

import type { RequestView } from '../api/types';
import { ExtendDialog, PublishDialog } from './action-dialogs';

/** Those that are done on pages of their own. */
const ELSEWHERE = ['amend', 'shortlist', 'award', 'reaward'];

/** The request's transitions: some in place, those that need a page as links to it. */
export function RequestActions({ request }: { request: RequestView }): ReactNode {
  const { t } = useTranslation('requests');
  const can = useCan();
  const may = (name: string): boolean => request.actions.some((action) => action.name === name);
  const to = { params: { requestId: request.id } };
  const isDraft = request.state === 'draft';
  const chooses = may('award') || may('reaward');
  const compares = chooses || may('shortlist');
  const canCompare = can('requests:award') && !isDraft && (request.quotes_count ?? 0) > 0;
  return (
    <>
      <ActionBar
        actions={request.actions}
        resourcePath={`/requests/${request.id}`}
        version={request.version}
        subject={request.number ?? request.title}
        staleKeys={[['requests']]}
        hidden={ELSEWHERE}
        custom={{
          publish: PublishDialog,
          extend: (props) => <ExtendDialog {...props} deadline={request.quotes_due_at} />,
        }}
      />
      {(request.deals_count ?? 0) > 0 && (
        <ButtonLink
          to="/app/deals"
          search={{ side: 'buyer', ...(request.number === null ? {} : { q: request.number }) }}
        >
          {t('card.deals')}
        </ButtonLink>
      )}
      {may('amend') && (
        <ButtonLink to="/app/requests/$requestId/edit" {...to}>
          {t('card.amend')}
        </ButtonLink>
      )}
      {isDraft && can('requests:write') && (
        <ButtonLink to="/app/requests/$requestId/edit" {...to} variant="primary">
          {t('card.edit')}
        </ButtonLink>
      )}
      {canCompare && (compares || request.state !== 'published') && (
        <ButtonLink
          to="/app/requests/$requestId/comparison"
          {...to}
          variant={compares && !(may('reaward') && !may('award')) ? 'primary' : 'secondary'}
        >
          {t(may('award') ? 'card.choose' : may('reaward') ? 'card.reaward' : 'card.compare')}
        </ButtonLink>
      )}
    </>
  );
}
