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

import { useCreateGroup } from '../api/mutations';
import { buyersQuery } from '../api/queries';

/** Makes a group of linked buyers. */
export function GroupDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation(['prices', 'ui']);
  const create = useCreateGroup();
  const [name, setName] = useState('');
  const [members, setMembers] = useState<string[]>([]);
  const buyers = useQuery(buyersQuery(''));
  const submit = async (): Promise<void> => {
    try {
      await create.mutateAsync({ name: name.trim(), member_ids: members });
      showDone(t('groups.created'));
      onClose();
    } catch {
      // What went wrong stands in the dialog.
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('groups.new')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={name.trim() === ''}
            isPending={create.isPending}
            onClick={() => void submit()}
          >
            {t('groups.create')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {create.isError && <Banner tone="stopped">{problemText(create.error).message}</Banner>}
        <Field label={t('groups.name')}>
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
