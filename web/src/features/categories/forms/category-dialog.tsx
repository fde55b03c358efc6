import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import type { CategoryPage } from '@/shared/categories/tree';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Input } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useCreateCategory, useEditCategory } from '../api/mutations';
import { NamesFields, namesSchema, NO_NAMES } from './names-fields';

const CODE = /^([a-z0-9]+(-[a-z0-9]+)*)?$/;
const CODE_MAX = 80;
const ICON_MAX = 40;
const schema = z.object({
  names: namesSchema,
  code: z.string().check(z.trim(), z.maxLength(CODE_MAX), z.regex(CODE)),
  icon: z.string().check(z.trim(), z.maxLength(ICON_MAX), z.regex(CODE)),
});

interface CategoryDialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** The category that is edited; a new one is made without it. */
  category: CategoryPage | null;
  /** Under what a new one hangs; a root without it. */
  parentId: string | null;
  onDone: (id: string) => void;
}

/** Asks what a category is called. */
export function CategoryDialog(props: CategoryDialogProps): ReactNode {
  const { isOpen, onClose, title } = props;
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title}>
      {isOpen && <CategoryForm {...props} />}
    </Dialog>
  );
}

function CategoryForm({ onClose, category, parentId, onDone }: CategoryDialogProps): ReactNode {
  const { t } = useTranslation(['categories', 'ui']);
  const create = useCreateCategory();
  const edit = useEditCategory();
  const form = useZodForm(schema, {
    names: category?.names ?? NO_NAMES,
    code: category?.code ?? '',
    icon: category?.icon ?? '',
  });
  return (
    <Form
      form={form}
      onSubmit={async ({ names, code, icon }) => {
        const done =
          category === null
            ? await create.mutateAsync({
                names,
                icon,
                parent_id: parentId,
                ...(code === '' ? {} : { code }),
              })
            : await edit.mutateAsync({
                id: category.id,
                version: category.version,
                names,
                icon,
                ...(code === '' ? {} : { code }),
              });
        showDone(t('saved'));
        onDone(done.id);
        onClose();
      }}
    >
      <NamesFields form={form} />
      <FormField
        form={form}
        name="code"
        label={t('code')}
        hint={category === null ? t('code_hint') : t('code_warning')}
      >
        {(control) => <Input {...control} maxLength={CODE_MAX} autoComplete="off" />}
      </FormField>
      <FormField form={form} name="icon" label={t('icon')} hint={t('icon_hint')}>
        {(control) => <Input {...control} maxLength={ICON_MAX} autoComplete="off" />}
      </FormField>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{t('save')}</SubmitButton>
      </div>
    </Form>
  );
}
