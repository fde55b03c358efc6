import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Input } from '@/shared/ui/input';

const NAME_MAX = 200;
const nameSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(NAME_MAX)),
});

interface NameDialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  text?: string;
  name: string;
  submitLabel: string;
  onSubmit: (name: string) => Promise<unknown>;
}

/** Asks for the name of a template. */
export function NameDialog(props: NameDialogProps): ReactNode {
  const { isOpen, onClose, title, text } = props;
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title} text={text}>
      {isOpen && <NameForm {...props} />}
    </Dialog>
  );
}

function NameForm({ onClose, name, submitLabel, onSubmit }: NameDialogProps): ReactNode {
  const { t } = useTranslation(['templates', 'ui']);
  const form = useZodForm(nameSchema, { name });
  return (
    <Form
      form={form}
      onSubmit={async (values) => {
        await onSubmit(values.name);
        onClose();
      }}
    >
      <FormField form={form} name="name" label={t('save.name')} isRequired>
        {(control) => <Input {...control} maxLength={NAME_MAX} autoComplete="off" />}
      </FormField>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{submitLabel}</SubmitButton>
      </div>
    </Form>
  );
}
