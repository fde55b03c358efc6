import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import type { FileView } from '@/shared/api/types';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { nameNow } from '@/shared/i18n/names';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { FileDrop } from '@/shared/ui/file-drop';
import { Select, Textarea } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useOpenComplaint } from '../api/mutations';
import { type ComplainedOrder, type ComplaintView, KINDS, WANTED } from '../api/types';

const TEXT_MAX = 5000;
const WHOLE = '';
const schema = z.object({
  line_id: z.string(),
  kind: z.enum(KINDS),
  wanted: z.enum(WANTED),
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(TEXT_MAX)),
  files: z.custom<FileView[]>((value) => Array.isArray(value)),
});

interface ComplainDialogProps {
  order: ComplainedOrder;
  isOpen: boolean;
  onClose: () => void;
  onOpened?: (complaint: ComplaintView) => void;
}

/** Opens a complaint about an order or one of its lines, with photographs. */
export function ComplainDialog({
  order,
  isOpen,
  onClose,
  onOpened,
}: ComplainDialogProps): ReactNode {
  const { t } = useTranslation('complaints');
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="medium"
      title={t('open.title', { order: order.number })}
      text={t('open.text')}
    >
      {isOpen && <ComplainForm order={order} onClose={onClose} onOpened={onOpened} />}
    </Dialog>
  );
}

function ComplainForm({
  order,
  onClose,
  onOpened,
}: Omit<ComplainDialogProps, 'isOpen' | 'onOpened'> & {
  onOpened: ComplainDialogProps['onOpened'] | undefined;
}): ReactNode {
  const { t } = useTranslation(['complaints', 'ui']);
  const open = useOpenComplaint();
  const form = useZodForm(schema, {
    line_id: order.lines[0]?.id ?? WHOLE,
    kind: 'damaged',
    wanted: 'credit',
    text: '',
    files: [],
  });
  return (
    <Form
      form={form}
      onSubmit={async ({ files, line_id, ...values }) => {
        const complaint = await open.mutateAsync({
          ...values,
          order_id: order.id,
          line_id: line_id === WHOLE ? null : line_id,
          attachment_ids: files.map(({ id }) => id),
        });
        showDone(t('open.done', { number: complaint.number }));
        onClose();
        onOpened?.(complaint);
      }}
    >
      <FormField form={form} name="line_id" label={t('open.about')} isRequired>
        {(control) => (
          <Select
            {...control}
            choices={[
              ...order.lines.map((line) => ({
                value: line.id,
                label: `${nameNow(line)} · ${line.sku}`,
              })),
              { value: WHOLE, label: t('whole_order') },
            ]}
          />
        )}
      </FormField>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField form={form} name="kind" label={t('kind_label')} isRequired>
          {(control) => (
            <Select
              {...control}
              choices={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            />
          )}
        </FormField>
        <FormField form={form} name="wanted" label={t('wanted_label')} isRequired>
          {(control) => (
            <Select
              {...control}
              choices={WANTED.map((wanted) => ({ value: wanted, label: t(`wanted.${wanted}`) }))}
            />
          )}
        </FormField>
      </div>
      <FormField form={form} name="text" label={t('open.text_label')} isRequired>
        {(control) => <Textarea {...control} rows={4} maxLength={TEXT_MAX} />}
      </FormField>
      <FormField form={form} name="files" label={t('open.photos')} isGroup>
        {(control) => (
          <FileDrop
            files={control.value}
            accept="image/*,.pdf"
            onChange={(update) => control.onChange(update(form.getValues('files')))}
          />
        )}
      </FormField>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{t('open.send')}</SubmitButton>
      </div>
    </Form>
  );
}
