import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { MultiCombobox } from '@/shared/ui/combobox';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useCreateGroup, useEditGroup } from '../api/mutations';
import { buyersQuery, type GroupView } from '../api/queries';

interface GroupDialogProps {
  /** The group to be changed; nothing to make one. */
  group: GroupView | null;
  onClose: () => void;
}

/** Makes a group of linked buyers, or changes one. */
export function GroupDialog({ group, onClose }: GroupDialogProps): ReactNode {
  const { t } = useTranslation(['prices', 'ui']);
  const create = useCreateGroup();
  const edit = useEditGroup(group?.id ?? '');
  const [name, setName] = useState(group?.name ?? '');
  const [members, setMembers] = useState<string[]>(
    () => group?.members.map((one) => one.organisation_id) ?? [],
  );
  const buyers = useQuery(buyersQuery(''));
  const submit = async (): Promise<void> => {
    try {
      const body = { name: name.trim(), member_ids: members };
      if (group === null) await create.mutateAsync(body);
      else await edit.mutateAsync({ ...body, version: group.version });
      showDone(t(group === null ? 'groups.created' : 'saved'));
      onClose();
    } catch {
      // What went wrong stands in the dialog.
    }
  };
  const error = create.error ?? edit.error;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={group?.name ?? t('groups.new')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={name.trim() === ''}
            isPending={create.isPending || edit.isPending}
            onClick={() => void submit()}
          >
            {t(group === null ? 'groups.create' : 'save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {error !== null && <Banner tone="stopped">{problemText(error).message}</Banner>}
        <Field label={t('groups.name')} isRequired>
          <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t('groups.members')}>
          <MultiCombobox
            values={members}
            onChange={setMembers}
            options={(buyers.data?.items ?? []).map((link) => ({
              value: link.consumer.organisation_id,
              label: link.consumer.name,
            }))}
          />
        </Field>
      </div>
    </Dialog>
  );
}
