import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { wholeProblemText } from '@/shared/api/problem-text';
import { useSession } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Select } from '@/shared/ui/input';
import { SkeletonText } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';

import { useAssign } from '../api/mutations';
import { colleaguesQuery } from '../api/queries';
import type { ComplaintView } from '../api/types';

const ANSWERING = new Set(['owner', 'admin', 'manager', 'sales']);
const DECIDING = new Set(['owner', 'admin', 'manager']);

interface AssignDialogProps {
  complaint: ComplaintView;
  isOpen: boolean;
  onClose: () => void;
}

/** Gives a complaint to a colleague who may go on with it. */
export function AssignDialog({ complaint, isOpen, onClose }: AssignDialogProps): ReactNode {
  const { t } = useTranslation(['complaints', 'ui']);
  const organisationId = useSession()?.organisation.id ?? '';
  const query = useQuery({
    ...colleaguesQuery(organisationId),
    enabled: isOpen,
  });
  const { data } = query;
  const [chosen, setChosen] = useState<string | null>(null);
  const assign = useAssign(complaint.id);
  const able = complaint.escalated ? DECIDING : ANSWERING;
  const people = (data?.items ?? []).filter((one) => able.has(one.role));
  const value = chosen ?? complaint.assignee_user_id ?? '';
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('assign.action')}
      text={t('assign.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={value === ''}
            isPending={assign.isPending}
            onClick={() =>
              assign.mutate(
                { user_id: value, version: complaint.version },
                {
                  onSuccess: (answer) => {
                    showDone(t('assign.done', { name: answer.assignee_name ?? '' }));
                    onClose();
                  },
                },
              )
            }
          >
            {t('assign.action')}
          </Button>
        </>
      }
    >
      {assign.error !== null && <Banner tone="stopped">{wholeProblemText(assign.error)}</Banner>}
      {data === undefined && <Awaiting query={query} skeleton={<SkeletonText />} />}
      {data !== undefined && (
        <Field label={t('assign.person')}>
          <Select
            value={value}
            onChange={(event) => setChosen(event.target.value)}
            choices={[
              ...(value === '' ? [{ value: '', label: '' }] : []),
              ...people.map((one) => ({ value: one.user_id, label: one.display_name })),
            ]}
          />
        </Field>
      )}
    </Dialog>
  );
}
