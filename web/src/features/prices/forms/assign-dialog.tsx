import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Combobox } from '@/shared/ui/combobox';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Select } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useAssign } from '../api/mutations';
import { buyersQuery, groupsQuery } from '../api/queries';

type Kind = 'organisation' | 'group' | 'everybody';

/** Asks whom a list shall be for. What would make more pieces dearer is told with its row. */
export function AssignDialog({
  listId,
  onClose,
}: {
  listId: string;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation(['prices', 'ui']);
  const assign = useAssign(listId);
  const [kind, setKind] = useState<Kind>('organisation');
  const [target, setTarget] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const buyers = useQuery({ ...buyersQuery(words), enabled: kind === 'organisation' });
  const groups = useQuery({ ...groupsQuery, enabled: kind === 'group' });
  const submit = async (): Promise<void> => {
    try {
      await assign.mutateAsync({ kind, target_id: kind === 'everybody' ? null : target });
      showDone(t('buyers.assigned'));
      onClose();
    } catch {
      // What went wrong stands in the dialog.
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('buyers.add')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={kind !== 'everybody' && target === null}
            isPending={assign.isPending}
            onClick={() => void submit()}
          >
            {t('buyers.add')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {assign.isError && <Banner tone="stopped">{problemText(assign.error).message}</Banner>}
        <Field label={t('buyers.kind')} isRequired>
          <Select
            value={kind}
            onChange={(event) => {
              setKind(event.target.value as Kind);
              setTarget(null);
            }}
            choices={(['organisation', 'group', 'everybody'] as const).map((value) => ({
              value,
              label: t(`kinds.${value}`),
            }))}
          />
        </Field>
        {kind === 'organisation' && (
          <Field label={t('buyers.buyer')} isRequired>
            <Combobox
              value={target}
              onChange={setTarget}
              onQuery={setWords}
              isLoading={buyers.isFetching}
              options={(buyers.data?.items ?? []).map((link) => ({
                value: link.consumer.organisation_id,
                label: link.consumer.name,
              }))}
            />
          </Field>
        )}
        {kind === 'group' && (
          <Field label={t('buyers.group')} isRequired>
            <Combobox
              value={target}
              onChange={setTarget}
              options={(groups.data?.items ?? []).map((group) => ({
                value: group.id,
                label: group.name,
              }))}
            />
          </Field>
        )}
      </div>
    </Dialog>
  );
}
