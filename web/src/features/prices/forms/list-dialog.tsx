import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import { CURRENCIES } from '@/shared/money/money';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Select } from '@/shared/ui/input';

import { useCreateList } from '../api/mutations';
import { type ListDraft, ListFields } from './list-fields';

interface ListDialogProps {
  onClose: () => void;
  onCreated: (listId: string) => void;
}

/** Makes a price list. */
export function ListDialog({ onClose, onCreated }: ListDialogProps): ReactNode {
  const { t } = useTranslation(['prices', 'ui']);
  const create = useCreateList();
  const [currency, setCurrency] = useState('KZT');
  const [draft, setDraft] = useState<ListDraft>({
    name: '',
    priority: '0',
    active: true,
    merges: true,
    valid_from: '',
    valid_to: '',
  });
  const submit = async (): Promise<void> => {
    try {
      const made = await create.mutateAsync({
        ...draft,
        currency,
        priority: Number(draft.priority),
        valid_from: draft.valid_from || null,
        valid_to: draft.valid_to || null,
      });
      onCreated(made.id);
    } catch {
      // What went wrong stands in the dialog.
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('new')}
      size="medium"
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={draft.name.trim() === '' || !/^-?\d{1,4}$/.test(draft.priority)}
            isPending={create.isPending}
            onClick={() => void submit()}
          >
            {t('create')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {create.isError && <Banner tone="stopped">{problemText(create.error).message}</Banner>}
        <ListFields draft={draft} onChange={setDraft} />
        <Field label={t('currency')} isRequired>
          <Select
            value={currency}
            choices={CURRENCIES.map((code) => ({ value: code, label: code }))}
            onChange={(event) => setCurrency(event.target.value)}
          />
        </Field>
      </div>
    </Dialog>
  );
}
