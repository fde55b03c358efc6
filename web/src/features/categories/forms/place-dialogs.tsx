import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { CategoryPicker } from '@/shared/categories/category-picker';
import type { CategoryPage } from '@/shared/categories/tree';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';

const schema = z.object({ target: z.nullable(z.string()) });

interface PlaceDialogProps {
  isOpen: boolean;
  onClose: () => void;
  category: CategoryPage;
  title: string;
  text: string;
  label: string;
  hint: string;
  placeholder: string;
  submitLabel: string;
  isDangerous?: boolean;
  /** What is chosen first. */
  start: string | null;
  onSubmit: (targetId: string | null) => Promise<unknown>;
}

/** Asks for another category: where a branch goes, or where the products of an archived one go. */
export function PlaceDialog(props: PlaceDialogProps): ReactNode {
  const { isOpen, onClose, title, text } = props;
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title} text={text}>
      {isOpen && <PlaceForm {...props} />}
    </Dialog>
  );
}

function PlaceForm(props: PlaceDialogProps): ReactNode {
  const { category, label, hint, placeholder, submitLabel, isDangerous = false } = props;
  const { t } = useTranslation(['categories', 'ui']);
  const form = useZodForm(schema, { target: props.start });
  return (
    <Form
      form={form}
      onSubmit={async ({ target }) => {
        await props.onSubmit(target);
        props.onClose();
      }}
    >
      <FormField form={form} name="target" label={label} hint={hint}>
        {({ value, onChange }) => (
          <CategoryPicker
            value={value}
            onChange={onChange}
            placeholder={placeholder}
            excludedId={category.id}
          />
        )}
      </FormField>
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="quiet" onClick={() => form.setValue('target', null)}>
          {placeholder}
        </Button>
        <Button onClick={props.onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form} variant={isDangerous ? 'danger' : 'primary'}>
          {submitLabel}
        </SubmitButton>
      </div>
    </Form>
  );
}
