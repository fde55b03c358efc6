import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Textarea } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useRequestLink } from '../api/mutations';

const MESSAGE_MAX = 2000;
const schema = z.object({ message: z.string().check(z.trim(), z.maxLength(MESSAGE_MAX)) });

interface RequestDialogProps {
  /** The supplier who is asked; nobody while the dialog is closed. */
  supplier: { organisation_id: string; name: string } | null;
  onClose: () => void;
}

/** Asks a supplier for a trading link, with a few words. */
export function RequestDialog({ supplier, onClose }: RequestDialogProps): ReactNode {
  const { t } = useTranslation('links');
  return (
    <Dialog
      isOpen={supplier !== null}
      onClose={onClose}
      size="medium"
      title={t('request.title', { name: supplier?.name ?? '' })}
      text={t('request.text')}
    >
      {supplier !== null && <RequestForm supplier={supplier} onClose={onClose} />}
    </Dialog>
  );
}

function RequestForm({
  supplier,
  onClose,
}: {
  supplier: { organisation_id: string; name: string };
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation(['links', 'ui']);
  const request = useRequestLink();
  const form = useZodForm(schema, { message: '' });
  return (
    <Form
      form={form}
      onSubmit={async ({ message }) => {
        await request.mutateAsync({
          supplier_organisation_id: supplier.organisation_id,
          message,
        });
        showDone(t('request.done', { name: supplier.name }));
        onClose();
      }}
    >
      <FormField
        form={form}
        name="message"
        label={t('request.message')}
        hint={t('request.message_hint')}
      >
        {(control) => <Textarea {...control} maxLength={MESSAGE_MAX} />}
      </FormField>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{t('request.send')}</SubmitButton>
      </div>
    </Form>
  );
}
