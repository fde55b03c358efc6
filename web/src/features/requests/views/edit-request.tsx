import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { ButtonLink } from '@/shared/ui/link';
import { Card, DocumentTitle } from '@/shared/ui/page';
import { EmptyState, PageSkeleton } from '@/shared/ui/states';

import { requestQuery } from '../api/queries';
import type { EditorStep } from '../api/types';
import { AmendEditor } from './amend-editor';
import { DraftEditor } from './draft-editor';

interface EditRequestProps {
  requestId: string;
  step: EditorStep;
  onStep: (step: EditorStep) => void;
  onDone: () => void;
  approval: ReactNode;
}

/** Edits a draft, or amends what was published; says so where neither is possible. */
export function EditRequest({
  requestId,
  step,
  onStep,
  onDone,
  approval,
}: EditRequestProps): ReactNode {
  const { t } = useTranslation('requests');
  const client = useQueryClient();
  const query = useQuery(requestQuery(requestId));
  const { data: request } = query;
  const [round, setRound] = useState(0);
  if (request === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  const reload = async (): Promise<void> => {
    await client.fetchQuery({ ...requestQuery(requestId), staleTime: 0 });
    setRound(round + 1);
  };
  if (request.state === 'draft' && request.party === 'buyer') {
    return (
      <DraftEditor
        key={`${requestId}/${String(round)}`}
        request={request}
        step={step}
        onStep={onStep}
        onPublished={onDone}
        onReload={() => void reload()}
        approval={approval}
      />
    );
  }
  if (request.actions.some(({ name }) => name === 'amend')) {
    return <AmendEditor key={request.revision} request={request} onDone={onDone} />;
  }
  return (
    <Card>
      <DocumentTitle title={request.title} />
      <EmptyState
        icon={Lock}
        title={t('amend.not_editable')}
        text={t('amend.not_editable_text')}
        action={
          <ButtonLink to="/app/requests/$requestId" params={{ requestId }} variant="primary">
            {request.title}
          </ButtonLink>
        }
      />
    </Card>
  );
}
