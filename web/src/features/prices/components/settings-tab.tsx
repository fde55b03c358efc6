import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { Card } from '@/shared/ui/page';
import { showDone } from '@/shared/ui/toast';

import { useEditList, useRemoveList } from '../api/mutations';
import type { PriceListView } from '../api/queries';
import { type ListDraft, ListFields } from '../forms/list-fields';

interface SettingsTabProps {
  list: PriceListView;
  onRemoved: () => void;
}

/** When a list holds and which lists it goes before; and its end. */
export function SettingsTab({ list, onRemoved }: SettingsTabProps): ReactNode {
  const { t } = useTranslation('prices');
  const edit = useEditList(list.id);
  const remove = useRemoveList(list.id);
  const [draft, setDraft] = useState<ListDraft>({
    name: list.name,
    priority: String(list.priority),
    active: list.active,
    merges: list.merges,
    valid_from: list.valid_from ?? '',
    valid_to: list.valid_to ?? '',
  });
  const [isRemoving, setIsRemoving] = useState(false);
  const save = async (): Promise<void> => {
    try {
      await edit.mutateAsync({
        ...draft,
        priority: Number(draft.priority),
        valid_from: draft.valid_from || null,
        valid_to: draft.valid_to || null,
        version: list.version,
      });
      showDone(t('saved'));
    } catch {
      // What went wrong stands above the fields.
    }
  };
  return (
    <Card className="flex max-w-2xl flex-col gap-4">
      {edit.isError && <Banner tone="stopped">{problemText(edit.error).message}</Banner>}
      <ListFields draft={draft} onChange={setDraft} />
      <div className="flex flex-wrap justify-between gap-2">
        <Button variant="danger" onClick={() => setIsRemoving(true)}>
          {t('remove')}
        </Button>
        <Button
          variant="primary"
          isPending={edit.isPending}
          disabled={draft.name.trim() === '' || !/^-?\d{1,4}$/.test(draft.priority)}
          onClick={() => void save()}
        >
          {t('save')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isRemoving}
        onClose={() => setIsRemoving(false)}
        onConfirm={async () => {
          await remove.mutateAsync();
          showDone(t('removed'));
          onRemoved();
        }}
        title={t('remove')}
        text={t('remove_text')}
        confirmLabel={t('remove')}
        isDangerous
      />
    </Card>
  );
}
