import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { showDone } from '@/shared/ui/toast';

import { useSaveTemplate } from '../api/queries';
import { NameDialog } from './name-dialog';

interface SaveTemplateDialogProps {
  /** The request to keep; null while nothing is to be kept. */
  request: { id: string; title: string } | null;
  onClose: () => void;
}

/** Keeps a request as a template. */
export function SaveTemplateDialog({ request, onClose }: SaveTemplateDialogProps): ReactNode {
  const { t } = useTranslation('templates');
  const save = useSaveTemplate();
  return (
    <NameDialog
      isOpen={request !== null}
      onClose={onClose}
      title={t('save.title')}
      text={t('save.text')}
      name={request?.title ?? ''}
      submitLabel={t('save.submit')}
      onSubmit={async (name) => {
        if (request === null) return;
        await save.mutateAsync({ name, requestId: request.id });
        showDone(t('save.done'));
      }}
    />
  );
}
